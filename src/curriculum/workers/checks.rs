//! The checks of `workers`, from the simplest to the most demanding.

mod crew;
mod ledger;
mod scenarios;

use super::contract::Workers;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use crew::Crew;
use proptest::strategy::Strategy;
use scenarios::Run;

/// What all workers promise, from the simplest to the most demanding.
pub fn checks<W: Workers>() -> Vec<Check> {
    checks_of(W::run)
}

/// The checks, from the simplest to the most demanding.
fn checks_of(run: Run) -> Vec<Check> {
    vec![
        check(
            "each_worker_numbers_its_own_calls",
            told_later!(
                "Each worker makes its calls itself, under its own name, and numbers them from 0."
            ),
            Crew::any(0..=4, 0..=5),
            [
                &["1/1", "1/2", "2/1", "2/2", "0/1", "1/0"],
                &["1/1", "1/2", "2/1", "0/1", "1/0"],
            ],
            move |crew| scenarios::each_worker_numbers_its_own_calls(run, crew),
        ),
        check(
            "run_waits_for_the_workers",
            told_later!("When `run` returns, each worker has made all its calls."),
            Crew::any(1..=4, 1..=5),
            [&["1/1", "2/1", "2/2"], &["1/1", "2/1"]],
            move |crew| scenarios::run_waits_for_the_workers(run, crew),
        ),
        check(
            "a_worker_pauses_after_each_call",
            told_later!("A worker sleeps after each of its calls, also after the last one."),
            Crew::any(1..=3, 1..=5),
            [&["1/1", "1/2", "2/2"], &["1/1", "1/2"]],
            move |crew| scenarios::a_worker_pauses_after_each_call(run, crew),
        ),
        check(
            "all_work_at_the_same_time",
            told_later!(
                "However many workers there are, it takes no longer than with one of them."
            ),
            Crew::any(1..=4, 1..=5),
            [&["1/1", "2/1", "2/2"], &["1/1", "2/1"]],
            move |crew| scenarios::all_work_at_the_same_time(run, crew),
        ),
        check(
            "a_slow_call_holds_up_nobody",
            told_later!(
                "While a call of one worker takes its time, the other workers make all of theirs."
            ),
            Crew::any(2..=4, 1..=3),
            [&["2/1", "2/2"], &["2/1", "2/2"]],
            move |crew| scenarios::a_slow_call_holds_up_nobody(run, crew),
        ),
        check(
            "tells_how_many_have_started",
            told_later!(
                "When all workers have been started that is told, even if none has made a call yet."
            ),
            Crew::any(0..=4, 1..=2),
            [&["1/1", "2/1", "0/1"], &["1/1", "0/1"]],
            move |crew| scenarios::tells_how_many_have_started(run, crew),
        ),
        check(
            "who_cannot_be_started_is_reported",
            told_later!(
                "If a worker cannot be started that is told, and those before it are waited for."
            ),
            Crew::any_too_many(),
            [
                &["2/1,room1", "2/2,room1", "3/1,room1", "1/1,room0"],
                &["2/1,room1", "2/2,room1", "3/1,room1", "1/1,room0"],
            ],
            move |crew| scenarios::who_cannot_be_started_is_reported(run, crew),
        ),
    ]
}

/// A check of these crews, for the engine and for loom.
fn check(
    name: &'static str,
    promise: &'static str,
    generated: impl Strategy<Value = Crew> + Send + Sync + 'static,
    [exhaustive, loom]: [&[&str]; 2],
    scenario: impl Fn(&Crew) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Crew::in_words,
        generated,
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Crew::larger)
}
