//! The kata `sentinel`: writers put players on a queue, readers take them, and all must end.

pub mod alternatives;
mod scenarios;
pub mod slips;
pub mod solution;
mod teams;

use super::Kata;
use crate::diagnosis::Label;
use crate::explore::check::Check;
use std::sync::Arc;
use teams::Teams;

/// Writers that read players and choose those of one nation, readers that hand them on, and a
/// queue of bounded capacity in between.
pub trait Pipeline: 'static {
    /// Does the whole job, with a thread for each source (a writer) and `job.readers` others.
    ///
    /// - Every player whose nation is exactly `job.nation` is delivered, once; nobody else is.
    ///   Any text and any year is a legal player, also an empty text and the year 0.
    /// - A reader is given the players of one source in the order of that source.
    /// - Each thread goes on as long as it can. A source that has nothing to give yet holds up
    ///   neither the other writers nor the readers: what has been found is delivered. A reader
    ///   that is still delivering holds up no other reader, nor the writers as long as there is
    ///   room: whichever is free takes the next player.
    /// - At any moment at most `job.capacity` players wait in between, and besides each writer and
    ///   each reader has at most one in hand. So many players of the nation, and not more, have
    ///   come from the sources and are not being delivered yet.
    /// - When it returns, all is delivered: each call of `deliver` has returned, and there will be
    ///   no other. That is also so if there is no player at all. Every thread that it has started
    ///   ends.
    fn run(job: Job);
}

/// What there is to do.
pub struct Job {
    /// Where the players come from: for each writer one source. There may be none.
    pub sources: Vec<Source>,
    /// Whose players are wanted.
    pub nation: String,
    /// How many readers there are, at least 1.
    pub readers: usize,
    /// How many players may wait in the queue, at least 1.
    pub capacity: usize,
    /// What a reader does with a player: it gets the reader's number, from 0, and the player.
    pub deliver: Deliver,
}

/// Gives one player after the other; may take its time over each.
pub type Source = Box<dyn Iterator<Item = Player> + Send>;

/// Takes the reader's number and a player; may take its time over it.
pub type Deliver = Arc<dyn Fn(usize, Player) + Send + Sync>;

/// A football player.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Player {
    /// The player's name.
    pub name: String,
    /// The club.
    pub club: String,
    /// The position on the field.
    pub position: String,
    /// The year of birth.
    pub birth_year: u16,
    /// The nation that the player plays for.
    pub nation: String,
}

/// The kata.
pub const KATA: Kata = Kata {
    number: 4,
    name: "sentinel",
    title: "The pipeline and its end",
    summary: "Players go from writers to readers over a queue, and every reader learns of the end.",
    brief: include_str!("brief.md"),
    hints: [
        "A queue that is empty now may not be empty in a moment. How does each single reader learn \
         that nothing more will come, and who knows?",
        "The end is a message of its own, which no player can be mistaken for. It follows the last \
         player of the last writer, and every reader needs one.",
        "Let the queue carry `Option<Player>`. Join the writers, then send `None` once for each \
         reader, then join the readers. (Or drop every sender: a queue without senders ends.)",
    ],
    hints_for: &[
        (Label::QueueNeverEnds, 1),
        (Label::NotWaitedFor, 2),
        (Label::QueueStaysFull, 1),
        (Label::NobodyNotifies, 1),
        (Label::SeenTooLate, 1),
        (Label::CheckThenAct, 0),
        (Label::UnfairSpin, 0),
        (Label::SpinsForEver, 0),
    ],
    hint_otherwise: None,
    stub: "04_sentinel.rs",
    original: include_str!("stub.rs"),
    solution: checks::<solution::Sentinels>,
    alternatives: alternatives::ALL,
    slips: slips::ALL,
};

/// The checks, from the simplest to the most demanding.
fn checks_of(run: Run) -> Vec<Check> {
    let teams =
        |list: &[&str]| -> Vec<Teams> { list.iter().map(|text| teams::parsed(text)).collect() };
    vec![
        Check::new(
            "every_thread_ends",
            "`run` returns, and no thread that it has started is left waiting.",
            Teams::any(1..=1, 0..=1, 1..=2),
            teams(&["0/1", "p/1", "0/2", "p/2"]),
            teams(&["0/1", "p/1", "0/2"]),
            move |teams| scenarios::every_thread_ends(run, teams),
        ),
        Check::new(
            "every_player_is_delivered_once",
            "When `run` returns, each player of the nation has been delivered, once, and no other.",
            Teams::any(1..=2, 0..=3, 1..=2),
            teams(&["p/1", "fp/1", "p/2", "p+p/1", "-/1"]),
            teams(&["p/1", "fp/1", "-/1"]),
            move |teams| scenarios::every_player_is_delivered_once(run, teams),
        ),
        Check::new(
            "no_player_is_special",
            "Any player may be one that is looked for: whatever they are called, none is the end.",
            0..scenarios::SPECIAL_NAMES.len() as u8,
            0..scenarios::SPECIAL_NAMES.len() as u8,
            [0],
            move |which| scenarios::no_player_is_special(run, *which),
        ),
        Check::new(
            "each_writers_order_is_kept",
            "A reader is given the players of one writer in their order.",
            Teams::any(1..=2, 2..=3, 1..=2),
            teams(&["pp/1", "ppp/1", "pp/2"]),
            teams(&["pp/1"]),
            move |teams| scenarios::each_writers_order_is_kept(run, teams),
        ),
        Check::new(
            "a_slow_source_holds_up_nobody",
            "What has been found is delivered while a source has nothing to give yet.",
            Teams::any(1..=2, 1..=2, 1..=2),
            teams(&["p/1", "pp/1", "p+p/1"]),
            teams(&["p/1"]),
            move |teams| scenarios::a_slow_source_holds_up_nobody(run, teams),
        ),
        Check::new(
            "a_slow_reader_holds_up_nobody",
            "While one reader is busy with a player, the other readers take the next ones.",
            Teams::any(1..=2, 1..=3, 2..=3),
            teams(&["pp/2", "ppp/2"]),
            // Two players and two readers are too many for loom.
            teams(&["p/1"]),
            move |teams| scenarios::a_slow_reader_holds_up_nobody(run, teams),
        ),
        Check::new(
            "no_more_wait_than_there_is_room",
            "The queue holds at most its capacity, and each thread at most one player.",
            Teams::any(1..=1, 4..=6, 1..=1),
            teams(&["pppp/1"]),
            teams(&["p/1"]),
            move |teams| scenarios::no_more_wait_than_there_is_room(run, teams),
        ),
    ]
}

/// What every pipeline promises, from the simplest to the most demanding.
pub fn checks<P: Pipeline>() -> Vec<Check> {
    checks_of(P::run)
}

/// A pipeline of whatever type: so the checks are compiled once for all of them.
type Run = fn(Job);
