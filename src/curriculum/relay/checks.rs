//! The checks of `relay`, from the simplest to the most demanding.

mod departures;
mod judge;
mod notes;
mod script;
mod stage;

use super::contract::Relay;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::sync::time::Duration;
use notes::{Bounds, Notes};
use script::Script;
use stage::{Make, play, play_timed};
use std::sync::Arc;

/// What every relay promises, from the simplest to the most demanding.
pub fn checks<R: Relay>() -> Vec<Check> {
    checks_of(|capacity, patience| Arc::new(R::new(capacity, patience)))
}

/// There is room for more than is ever said.
const PLENTY: Bounds = bounds(16, Duration::MAX);

/// There is little room, and who speaks waits as long as it takes.
const FEW: Bounds = bounds(2, Duration::MAX);

/// There is room for two messages besides the welcome.
const THREE: Bounds = bounds(3, Duration::MAX);

/// Nothing is said of room.
const NONE: Bounds = bounds(0, Duration::MAX);

/// There is little room, and who speaks does not wait for ever.
const IMPATIENT: Bounds = bounds(2, Duration::from_secs(1));

const fn bounds(capacity: usize, patience: Duration) -> Bounds {
    Bounds { capacity, patience }
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        scripted(
            make,
            "others_hear_and_the_speaker_does_not",
            "What one client says all others hear, and it does not hear itself.",
            [
                &["2/s1", "2/s1.s2.l1.d1", "3/s1.l2.s1"],
                &["2/s1", "2/s1.s2.l1.d1"],
            ],
            PLENTY,
            judge::messages,
        ),
        scripted(
            make,
            "names_are_never_used_again",
            "Clients are called 1, 2, 3 and so on, as they come, and no name comes again.",
            [
                &["3/j1.l1.j2.j3", "2/j1+j2", "2/j1.l1+j2"],
                &["3/j1.l1.j2.j3", "2/j1+j2"],
            ],
            PLENTY,
            judge::names,
        ),
        scripted(
            make,
            "the_welcome_comes_first",
            "Everybody is welcomed, and hears nothing before that.",
            [&["2/s1+j2.l2.d2", "2/s1+j2.s2.l2.d2"], &["2/s1+j2.l2.d2"]],
            PLENTY,
            judge::welcomes,
        ),
        scripted(
            make,
            "nothing_is_missed",
            "What is said between its welcome and its departure a client hears, exactly once.",
            [
                &[
                    "3/l1+s3",
                    "3/j1+s2",
                    "2/j1.s2+l2",
                    "3/s1.l1+s2",
                    "2/s1+l1.j2",
                    "3/s1+l2.l3",
                ],
                &[
                    "3/l1+s3",
                    "3/j1+s2",
                    "2/j1.s2+l2",
                    "2/s1+l1.j2",
                    "3/s1+l2.l3",
                ],
            ],
            PLENTY,
            judge::messages,
        ),
        scripted(
            make,
            "all_hear_one_order",
            "All hear what is said in the same order.",
            [&["4/s1+s2", "4/s1.s2+s3"], &["4/s1+s2"]],
            PLENTY,
            judge::order,
        ),
        scripted(
            make,
            "who_leaves_hears_the_rest",
            "A client that leaves hears what was said before, and then `deliver` returns.",
            [
                &["2/s1.l2+d2", "2/l2+d1+d2.l1", "2/s1.l1+s2.l2+d1"],
                &["2/s1.l2+d2", "2/l2+d1+d2.l1"],
            ],
            PLENTY,
            departures::others,
        ),
        scripted(
            make,
            "a_lost_client_harms_nobody",
            "A client whose connection breaks departs, and the others hear each other.",
            [
                &["3/b2.s1+d2", "3/b2.s1.s1+d2", "3/b2.s1+d2+s3"],
                &["3/b2.s1+d2"],
            ],
            PLENTY,
            departures::others,
        ),
        scripted(
            make,
            "nobody_waits_for_a_slow_client",
            "While a text is being written to a client that takes none, the others go on.",
            [
                &[
                    "2/z2.s1.b2+d2",
                    "3/z2.j3.s3.l1.b2+d2",
                    "3/z2.s1.l3.d3.b2+d2",
                ],
                &["2/z2.s1.b2+d2"],
            ],
            PLENTY,
            departures::others,
        ),
        first_cause(make),
        scripted(
            make,
            "who_is_faster_than_its_readers_waits",
            "A client that speaks waits until the others have room; who reads is never dropped.",
            [&["2/s1.s1.l2+d2", "2/s1.s1.s1.l2+d2"], &["2/s1.s1.l2+d2"]],
            FEW,
            departures::room,
        ),
        scripted(
            make,
            "only_speaking_waits_for_room",
            "While somebody waits for room others join and leave, and who leaves is not waited for.",
            [
                &[
                    "3/s1.s1+j3.l3.l2",
                    "2/s1.s1.s1+l2.d2",
                    "2/s1.s1.s1.s1.s1+b2.d2",
                ],
                &[
                    "3/s1.s1+j3.l3.l2",
                    "2/s1.s1.s1+l2.d2",
                    "2/s1.s1.s1.s1.s1+b2.d2",
                ],
            ],
            FEW,
            departures::room,
        ),
        scripted(
            make,
            "waiting_for_room_keeps_the_order",
            "All hear one order, also when somebody has to wait before it speaks.",
            [
                &["4/s1.s1.j3.j4=s3.l2+s4+d2"],
                &["4/s1.s1.j3.j4=s3.l2+s4+d2"],
            ],
            THREE,
            departures::order_and_room,
        ),
        scripted(
            make,
            "there_is_room_for_one_text",
            "An outbox holds one text at least, even if its capacity is said to be 0.",
            [&["1/j1.l1.d1", "2/s1.l2+d2"], &["1/j1.l1.d1", "2/s1.l2+d2"]],
            NONE,
            departures::room,
        ),
        deaf(
            make,
            "a_client_that_takes_nothing_is_dropped",
            "A client without room that takes nothing is dropped when patience is over, not before.",
            [
                &[
                    "2/s1.s1",
                    "2/z2.s1.s1.s1.s1.s1+d2",
                    "2/s1.s1.s1.s1.s1.l2.d2",
                    "2/s1.s1.s1.s1.s1.s2.l1.d1.d2",
                ],
                &["2/s1", "2/s1.l2.d2"],
            ],
        ),
        deaf(
            make,
            "a_slow_client_harms_nobody",
            "When one client is dropped, the others, who have room, hear what was said.",
            [&["3/s1.j3.s1", "3/s1.s1.l2+d2"], &["3/s1.j3", "3/s1.l2+d2"]],
        ),
        every_session(make),
    ]
}

/// A check of these scripts, for the engine and for loom.
fn scripted(
    make: Make,
    name: &'static str,
    promise: &'static str,
    [engine, loom]: [&[&str]; 2],
    bounds: Bounds,
    judge: fn(&[Notes]),
) -> Check {
    let generated = proptest::sample::select(listed::<Script>(engine));
    let scenario = move |script: &Script| play(make, script, bounds, judge);
    Check::told(
        name,
        promise,
        Script::in_words,
        generated,
        listed(engine),
        listed(loom),
        scenario,
    )
}

fn first_cause(make: Make) -> Check {
    let sessions: &[&str] = &["2/b1.d1", "2/b1.d1.l1", "2/l1.b1.d1", "2/b1.d1.s1"];
    scripted(
        make,
        "the_first_cause_counts",
        "`deliver` says what made a client depart first, and then nobody hears it any more.",
        [sessions, sessions],
        PLENTY,
        departures::causes,
    )
}

/// A check in which patience can come to an end: but for that nothing stands in anybody's way.
fn deaf(
    make: Make,
    name: &'static str,
    promise: &'static str,
    [engine, loom]: [&[&str]; 2],
) -> Check {
    let generated = proptest::sample::select(listed::<Script>(engine));
    Check::told(
        name,
        promise,
        Script::in_words,
        generated,
        listed(engine),
        listed(loom),
        move |script: &Script| play_timed(make, script, IMPATIENT, departures::deaf),
    )
}

fn every_session(make: Make) -> Check {
    Check::told(
        "every_session_is_sound",
        "Whoever joins, speaks, leaves or fails, and whenever, all of this holds.",
        Script::in_words,
        Script::any(),
        listed(&["2/l1.l1.s1", "2/b2.l2+d2", "3/j1.l1.s1+s2"]),
        listed(&["2/l1.l1.s1", "2/b2.l2+d2"]),
        move |script| play(make, script, PLENTY, departures::everything),
    )
}
