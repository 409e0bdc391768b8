//! The checks of `sentinel`, from the simplest to the most demanding.

mod namesakes;
mod scenarios;
mod teams;

use super::contract::Pipeline;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::told_later;
use scenarios::Run;
use teams::Teams;

/// What every pipeline promises, from the simplest to the most demanding.
pub fn checks<P: Pipeline>() -> Vec<Check> {
    checks_of(P::run)
}

/// The checks, from the simplest to the most demanding.
fn checks_of(run: Run) -> Vec<Check> {
    vec![
        Check::told(
            "every_thread_ends",
            told_later!("`run` returns, and no thread that it has started is left waiting."),
            Teams::in_words,
            Teams::any(1..=1, 0..=1, 1..=2),
            listed(&["0/1", "p/1", "0/2", "p/2"]),
            listed(&["0/1", "p/1", "0/2"]),
            move |teams| scenarios::every_thread_ends(run, teams),
        ),
        Check::told(
            "every_player_is_delivered_once",
            told_later!("When `run` returns, each player of the nation has been delivered, once, and no other."),
            Teams::in_words,
            Teams::any(1..=4, 0..=3, 1..=3),
            listed(&["p/1", "fp/1", "p/2", "p+p/1", "-/1"]),
            listed(&["p/1", "fp/1", "-/1"]),
            move |teams| scenarios::every_player_is_delivered_once(run, teams),
        )
        .growing(Teams::larger),
        Check::told(
            "no_player_is_special",
            told_later!("Any player may be one that is looked for: whatever they are called, none is the end."),
            |which| namesakes::in_words(*which),
            0..namesakes::NUMBER,
            0..namesakes::NUMBER,
            [0, namesakes::NUMBER - 1],
            move |which| namesakes::no_player_is_special(run, *which),
        ),
        Check::told(
            "each_writers_order_is_kept",
            told_later!("A reader is given the players of one writer in their order."),
            Teams::in_words,
            Teams::any(1..=3, 2..=3, 1..=3),
            listed(&["pp/1,room2", "ppp/1,room2", "pp/2,room2"]),
            listed(&["pp/1,room2"]),
            move |teams| scenarios::each_writers_order_is_kept(run, teams),
        )
        .growing(Teams::larger),
        Check::told(
            "a_slow_source_holds_up_nobody",
            told_later!("What has been found is delivered while a source has nothing to give yet."),
            Teams::in_words,
            Teams::any(1..=4, 1..=2, 1..=3),
            listed(&["p/1", "pp/1", "p+p/1", "pp+p/1"]),
            listed(&["p/1"]),
            move |teams| scenarios::a_slow_source_holds_up_nobody(run, teams),
        )
        .growing(Teams::larger),
        Check::told(
            "a_slow_reader_holds_up_nobody",
            told_later!("While one reader is busy with a player, the other readers take the next ones."),
            Teams::in_words,
            Teams::any(1..=3, 1..=3, 2..=4),
            listed(&["pp/2", "ppp/2", "pp/2,room2"]),
            // Two players and two readers are too many for loom.
            listed(&["p/1"]),
            move |teams| scenarios::a_slow_reader_holds_up_nobody(run, teams),
        )
        .growing(Teams::larger),
        Check::told(
            "no_more_wait_than_there_is_room",
            told_later!("The queue holds at most its capacity, and each thread at most one player."),
            Teams::in_words,
            Teams::any(1..=3, 3..=6, 1..=2),
            listed(&["pppp/1"]),
            listed(&["p/1"]),
            move |teams| scenarios::no_more_wait_than_there_is_room(run, teams),
        )
        .growing(Teams::larger),
        Check::told(
            "a_full_queue_stops_the_writers",
            told_later!("When no reader comes to an end, the writers stop once there is no more room."),
            Teams::in_words,
            Teams::any(1..=3, 2..=5, 1..=2),
            listed(&["pppp/1", "ppp+pp/1"]),
            // loom knows of no reason to wait for ever.
            listed(&["-/1"]),
            move |teams| scenarios::a_full_queue_stops_the_writers(run, teams),
        )
        .growing(Teams::roomier),
        Check::told(
            "as_many_wait_as_there_is_room",
            told_later!("While the readers take their time, the writers go on until there is no more room."),
            Teams::in_words,
            Teams::any(1..=2, 2..=5, 1..=2),
            listed(&["pp/1", "ppp/1,room2", "pppp/1,room3", "pfpfp/1,room2"]),
            listed(&["p/1"]),
            move |teams| scenarios::as_many_wait_as_there_is_room(run, teams),
        )
        .growing(Teams::roomier),
    ]
}
