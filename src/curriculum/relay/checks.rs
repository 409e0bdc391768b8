//! The checks of `relay`, from the simplest to the most demanding.

mod script;
mod specification;
mod stage;
mod texts;
mod watch;

use super::contract::Relay;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use proptest::sample::select;
use script::{Deed, Script};
use stage::{Make, play, play_minding_who_writes, play_timed, play_watching_cuts};
use std::sync::Arc;

/// What every relay promises, from the simplest to the most demanding.
pub fn checks<R: Relay>() -> Vec<Check> {
    checks_of(|capacity, patience| Arc::new(R::new(capacity, patience)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = vec![scripted(make, &FIRST), texts::check(make)];
    checks.extend(NEXT.iter().map(|promise| scripted(make, promise)));
    checks.push(only_deliver_writes(make));
    checks.extend(DEAF.iter().map(|promise| deaf(make, promise)));
    checks.push(who_takes_is_kept(make));
    checks.push(every_session(make));
    checks
}

/// How many clients and steps a small session has.
const SMALL: usize = 5;

/// A promise, and the scripts that show how it is kept: for the engine, and for loom.
struct Promised {
    name: &'static str,
    promise: &'static str,
    engine: &'static [&'static str],
    loom: &'static [&'static str],
}

const FIRST: Promised = Promised {
    name: "others_hear_and_the_speaker_does_not",
    promise: told_later!("What one client says all others hear, and it does not hear itself."),
    engine: &["2/s1", "3/s1.s2"],
    loom: &["2/s1", "2/s1.s2"],
};

const NEXT: [Promised; 13] = [
    Promised {
        name: "names_are_never_used_again",
        promise: told_later!(
            "Clients are called 1, 2, 3 and so on, as they come, and no name comes again."
        ),
        engine: &["3/j1.l1.j2.j3", "2/j1+j2", "2/j1.l1+j2"],
        loom: &["3/j1.l1.j2.j3", "2/j1+j2"],
    },
    Promised {
        name: "the_welcome_comes_first",
        promise: told_later!("Everybody is welcomed, and hears nothing before that."),
        engine: &["2/s1+j2.l2.d2", "2/s1+j2.s2.l2.d2"],
        loom: &["2/s1+j2.l2.d2"],
    },
    Promised {
        name: "nothing_is_missed",
        promise: told_later!(
            "What is said between its welcome and its departure a client hears, exactly once."
        ),
        engine: &[
            "2/l2.s2",
            "3/s1.l2.s1",
            "3/l1+s3",
            "4/l1.l2+s4",
            "3/j1+s2",
            "2/j1+s2.l2",
            "3/s1.l1+s2",
            "3/s1+l2.l3",
            "2/j1+j2.s2",
        ],
        loom: &[
            "2/l2.s2",
            "2/s1.s2.l1.d1",
            "3/l1+s3",
            "3/j1+s2",
            "2/j1+s2.l2",
            "3/s1+l2.l3",
        ],
    },
    Promised {
        name: "all_hear_one_order",
        promise: told_later!("All hear what is said in the same order."),
        engine: &["4/s1+s2", "4/s1.s2+s3"],
        loom: &["4/s1+s2"],
    },
    Promised {
        name: "who_leaves_hears_the_rest",
        promise: told_later!(
            "A client that leaves hears what was said before, and then `deliver` returns."
        ),
        engine: &["2/s1.s2.l1.d1", "2/s1.l2+d2", "2/l2+d1+d2.l1", "2/s1+d1+d2"],
        loom: &["2/s1.l2+d2", "2/l2+d1+d2.l1"],
    },
    Promised {
        name: "a_lost_client_harms_nobody",
        promise: told_later!(
            "A client whose connection breaks departs, and the others hear each other."
        ),
        engine: &["3/b2.s1+d2", "3/b2.s1.s1+d2", "3/b2.s1+d2+s3"],
        loom: &["3/b2.s1+d2"],
    },
    Promised {
        name: "nobody_waits_for_a_slow_client",
        promise: told_later!(
            "While a text is being written to a client that takes none, the others go on."
        ),
        engine: &[
            "2/z2.s1.b2+d2",
            "3/z2.j3.s3.l1.b2+d2",
            "3/z2.s1.l3.d3.b2+d2",
        ],
        loom: &["2/z2.s1.b2+d2"],
    },
    Promised {
        name: "the_first_cause_counts",
        promise: told_later!(
            "`deliver` says what made a client depart first, and then nobody hears it any more."
        ),
        engine: &[
            "2/b1.d1",
            "2/b1.d1.l1",
            "2/l1.b1.d1",
            "2/b1.d1.s1",
            "3/b1=s1+d1.j3",
        ],
        loom: &[
            "2/b1.d1",
            "2/b1.d1.l1",
            "2/l1.b1.d1",
            "2/b1.d1.s1",
            "3/b1=s1+d1.j3",
        ],
    },
    Promised {
        name: "who_is_faster_than_its_readers_waits",
        promise: told_later!(
            "A client that speaks waits until the others have room; who reads is never dropped."
        ),
        engine: &["2/s1.s1.l2+d2,room2", "2/s1.s1.s1.l2+d2,room2"],
        loom: &["2/s1.s1.l2+d2,room2"],
    },
    Promised {
        name: "only_speaking_waits_for_room",
        promise: told_later!(
            "While somebody waits for room others join and leave, and who leaves is not waited for."
        ),
        engine: &[
            "2/s2=s1,room2",
            "3/s1.s1.j3=s1+s3+l2,room3",
            "3/s1.s1.j3=s1+s3+b2.d2,room3",
            "3/s1.s1+j3.l3.l2,room2",
            "2/s1.s1.s1+l2.d2,room2",
            "2/s1.s1.s1.s1.s1+b2.d2,room2",
        ],
        loom: &[
            "2/s2=s1,room2",
            "3/s1.s1+j3.l3.l2,room2",
            "2/s1.s1.s1+l2.d2,room2",
            "2/s1.s1.s1.s1.s1+b2.d2,room2",
            "3/s1.s1.j3=s1+s3+l2,room3",
        ],
    },
    Promised {
        name: "waiting_for_room_keeps_the_order",
        promise: told_later!(
            "All hear one order, also when somebody has to wait before it speaks."
        ),
        engine: &["3/s1.s1+d2,room2", "4/s1.s1.j3.j4=s3.l2+s4+d2,room3"],
        loom: &["4/s1.s1.j3.j4=s3.l2+s4+d2,room3"],
    },
    Promised {
        name: "there_is_room_for_one_text",
        promise: told_later!(
            "An outbox holds one text at least, even if its capacity is said to be 0."
        ),
        engine: &["1/j1.l1.d1,room0", "2/s1.l2+d2,room0"],
        loom: &["1/j1.l1.d1,room0", "2/s1.l2+d2,room0"],
    },
    Promised {
        name: "there_may_be_many_clients",
        promise: told_later!(
            "However many clients there are, each has a name of its own and hears the others."
        ),
        engine: &["12/s1.s12", "300/s1.s300"],
        loom: &["3/s1.s3"],
    },
];

/// In these patience can come to an end: but for that nothing stands in anybody's way.
const DEAF: [Promised; 2] = [
    Promised {
        name: "a_client_that_takes_nothing_is_dropped",
        promise: told_later!(
            "A client without room that takes nothing is dropped when patience is over, not before."
        ),
        engine: &[
            "2/s1.s1,room2",
            "2/z2.s1.s1.s1.s1.s1+d2,room2",
            "2/s1.s1.s1.s1.s1.l2.d2,room2",
            "2/s1.s1.s1.s1.s1.s2.l1.d1.d2,room2",
        ],
        loom: &["2/s1,room2", "2/s1.l2.d2,room2"],
    },
    Promised {
        name: "a_slow_client_harms_nobody",
        promise: told_later!(
            "When one client is dropped, the others, who have room, hear what was said."
        ),
        engine: &["3/s1.j3.s1,room2", "3/s1.s1.l2+d2,room2"],
        loom: &["3/s1.j3,room2", "3/s1.l2+d2,room2"],
    },
];

const WHO_TAKES_IS_KEPT: Promised = Promised {
    name: "who_takes_something_is_kept",
    promise: told_later!(
        "A client that reads slowly is not dropped, even if others take all the room it makes."
    ),
    engine: &["2/r2=s1.l2+d2,room2", "2/r2=s1.s1.l2+d2,room2"],
    // Loom has no clock, in which one could read slowly.
    loom: &["2/s1.l2+d2,room2"],
};

/// Two clients compete for the room that a third one makes. All orders of that are too many.
const COMPETING: [&str; 4] = [
    "3/r3=s1.s1.s1.s1+s2.l2.l3+d2+d3,room2",
    "3/r3=s1.s1.s1.s1.s1+s2.l2.l3+d2+d3,room2",
    "3/r3=s2.s2.s2.s2+s1.l1.l3+d1+d3,room2",
    "3/r3=s1.s1.s1.s1.s1.s1+s2.l2.l3+d2+d3,room3",
];

const ONLY_DELIVER_WRITES: Promised = Promised {
    name: "only_deliver_writes",
    promise: told_later!(
        "Nothing is written to a client but by its `deliver`, not even the welcome."
    ),
    engine: &["1/j1.l1.d1", "2/s1.s2"],
    loom: &["1/j1.l1.d1"],
};

/// A check of these scripts, and of larger ones of the same kind.
fn scripted(make: Make, promised: &Promised) -> Check {
    check(promised, move |script| play(make, script)).growing(promised.larger())
}

fn only_deliver_writes(make: Make) -> Check {
    let scenario = move |script: &Script| play_minding_who_writes(make, script);
    check(&ONLY_DELIVER_WRITES, scenario).growing(ONLY_DELIVER_WRITES.larger())
}

fn who_takes_is_kept(make: Make) -> Check {
    let scenario = move |script: &Script| play_watching_cuts(make, script);
    check(&WHO_TAKES_IS_KEPT, scenario).with_long_runs(COMPETING)
}

/// A check in which patience can end; of larger scripts those in which one client speaks at a time.
fn deaf(make: Make, promised: &Promised) -> Check {
    let scenario = move |script: &Script| play_timed(make, script);
    let larger = promised.larger();
    check(promised, scenario).growing(move |script: &Script| {
        let mut larger = larger(script);
        larger.retain(|script| script.speakers().count() <= 1);
        larger
    })
}

impl Promised {
    /// How its scripts grow: by what clients do in others of them, as long as they are small. Larger
    /// ones are up to the check of all sessions.
    fn larger(&self) -> impl Fn(&Script) -> Vec<Script> + use<> {
        let scripts = listed::<Script>(self.engine);
        let does = |deed: &Deed| {
            let mut steps = scripts.iter().flat_map(Script::steps);
            steps.any(|step| step.deed == *deed)
        };
        let deeds: Vec<Deed> = Deed::ALL.into_iter().filter(does).collect();
        move |script| {
            let mut larger = script.larger(&deeds);
            larger.retain(|script| script.size() <= SMALL);
            larger
        }
    }
}

fn check(
    promised: &Promised,
    scenario: impl Fn(&Script) -> Scenario + Send + Sync + 'static,
) -> Check {
    let mut often = listed::<Script>(promised.engine);
    // Hundreds of clients take too long to come often.
    often.retain(|script| script.clients <= 12);
    Check::told(
        promised.name,
        promised.promise,
        Script::in_words,
        select(often),
        listed(promised.engine),
        listed(promised.loom),
        scenario,
    )
}

fn every_session(make: Make) -> Check {
    Check::told(
        "every_session_has_an_order",
        told_later!("Whoever joins, speaks, leaves or fails, and whenever: it is as if one came after the other."),
        Script::in_words,
        Script::any(),
        listed(&["1/d1,room1", "2/s1,room2", "2/l1.l1.s1", "2/b2.l2+d2", "3/j1.l1.s1+s2", "2/s2=s1,room2"]),
        listed(&["2/l1.l1.s1", "2/b2.l2+d2"]),
        move |script| play(make, script),
    )
    .growing(|script: &Script| script.larger(Deed::TIMELESS))
}
