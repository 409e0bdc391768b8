//! The checks of `scheduler`, from the simplest to the most demanding.

mod agenda;
mod alone;
mod diary;
mod runners;
mod sessions;
mod together;

use super::contract::Scheduler;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use agenda::{Agenda, Counted};
use proptest::strategy::{Just, Strategy};
use runners::{Runners, Waking};
use std::sync::Arc;

/// Makes a scheduler.
type Make = fn() -> Arc<dyn Scheduler>;

/// What every scheduler promises, from the simplest to the most demanding.
pub fn checks<S: Scheduler>() -> Vec<Check> {
    checks_of(|| Arc::new(S::new()))
}

/// The checks, from the simplest to the most demanding. loom knows of no time: there events run at
/// once, or their time never comes.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = Vec::from(of_the_order(make));
    checks.extend(of_calls(make));
    checks.extend(of_waiting(make));
    checks.extend(of_many(make));
    checks.push(sessions::check(make));
    checks
}

/// Which event comes first, and when.
fn of_the_order(make: Make) -> [Check; 4] {
    let check = move |name, promise, listed: Listed, scenario: fn(Make, &Agenda) -> Scenario| {
        agenda_check(name, promise, listed, move |agenda| scenario(make, agenda))
    };
    [
        check(
            "earlier_events_run_first",
            told_later!("The event with the earlier time runs first, whatever its priority."),
            [&["1.0", "2.0+1.0", "1.0+0.1", "1.0+3.0+2.0"], &["0.0"]],
            alone::earlier_events_run_first,
        ),
        check(
            "of_one_time_the_lower_number_runs_first",
            told_later!(
                "Of one time the lower priority number runs first, and of one number what was entered first."
            ),
            [
                &["0.1+0.0", "0.0+0.0+0.0", "1.1+1.0+1.1"],
                &["0.1+0.0", "0.0+0.0+0.0"],
            ],
            alone::then_the_lower_number_runs_first,
        ),
        check(
            "events_run_at_their_times",
            told_later!("An event runs at its time, or as soon as it can if that has passed."),
            [&["0.0", "1.0", "2.0+4.0"], &["0.0"]],
            alone::events_run_at_their_times,
        ),
        check(
            "the_queue_is_in_order",
            told_later!("`queue` tells what is pending, in the order in which it will run."),
            [&["1.0", "1.0+3.0+2.0"], &["0.0", "0.1+0.0"]],
            alone::the_queue_is_in_order,
        ),
    ]
}

/// What is cancelled, and what actions enter and cancel.
fn of_calls(make: Make) -> [Check; 2] {
    let one_of_these = Agenda::any(1..=4, 3, 2).prop_flat_map(|agenda| {
        let number = 1..=agenda.number() as u16;
        number.prop_map(move |number| Counted {
            number,
            agenda: agenda.clone(),
        })
    });
    [
        counted_check(
            "a_cancelled_event_does_not_run",
            told_later!(
                "A cancelled event does not run, and is not waited for. To cancel it again is an error, and so it is if it has run."
            ),
            Counted::with_cancelled,
            one_of_these,
            [
                &["1/1.0", "2/0.0+0.0", "1/0.0+0.0", "2/1.0+2.0"],
                &["1/0.0", "2/0.0+0.0"],
            ],
            move |events| alone::a_cancelled_event_does_not_run(make, events),
        ),
        agenda_check(
            "actions_enter_and_cancel_events",
            told_later!("An action may enter events and cancel others, also those that come next."),
            [&["0.0", "2.0+1.0"], &["0.0"]],
            move |agenda| alone::actions_make_calls(make, agenda),
        ),
    ]
}

/// What changes while somebody waits.
fn of_waiting(make: Make) -> [Check; 1] {
    [counted_check(
        "what_is_entered_meanwhile_runs_at_its_time",
        told_later!(
            "An event that is entered while `run` waits for a later one runs at its own time."
        ),
        Counted::with_wait,
        Counted::any(Just(10), Agenda::any(1..=2, 12, 2)),
        [&["10/1.0", "10/2.0+1.0"], &["0/0.0"]],
        move |events| together::what_is_entered_meanwhile_runs_at_its_time(make, events),
    )]
}

/// What several threads in `run` do.
fn of_many(make: Make) -> [Check; 7] {
    let any = || Counted::any(1..=3_u16, Agenda::any(1..=3, 2, 1));
    [
        counted_check(
            "each_event_runs_once",
            told_later!(
                "However many threads are in `run`, an event runs once, and not before its time."
            ),
            Counted::with_runners,
            any(),
            [
                &["2/0.0", "2/1.0", "2/0.0+0.0"],
                &["2/0.0", "2/0.0+0.0"],
            ],
            move |events| together::each_event_runs_once(make, events),
        ),
        counted_check(
            "run_waits_for_what_is_running",
            told_later!(
                "`run` returns when nothing is pending and no action is running, for that may enter events."
            ),
            Counted::with_runners,
            any(),
            [&["2/0.0"], &["2/0.0"]],
            move |events| together::run_waits_for_what_is_running(make, events),
        ),
        Check::told(
            "whoever_waits_is_woken",
            told_later!(
                "Whoever waits in `run` is woken by what is entered or cancelled, and returns when nothing is left."
            ),
            Waking::in_words,
            Waking::any(),
            listed(&["1e", "1c", "2e", "2c"]),
            listed(&["1e", "1c"]),
            move |waking| together::whoever_waits_is_woken(make, waking),
        )
        .growing(Waking::larger),
        runners_check(
            "a_slow_action_holds_up_no_call",
            told_later!("While an action runs, no other call waits for it."),
            Runners::with_clients,
            Runners::any(1..=2, 1..=2),
            [&["1/1"], &["1/1"]],
            move |runners| together::a_slow_action_holds_up_no_call(make, runners),
        ),
        // Not beyond its list: with three threads there are too many executions to try them all.
        Check::told(
            "the_others_take_what_comes_next",
            told_later!(
                "While one thread runs an action, others that are in `run` take what comes next, at its time."
            ),
            Runners::with_delay,
            Runners::any(2..=3, 0..=1),
            listed(&["2/0", "2/1"]),
            listed(&["1/0"]),
            move |runners| together::the_others_take_what_comes_next(make, runners),
        ),
        runners_check(
            "an_event_runs_or_is_cancelled",
            told_later!("An event runs, or it is cancelled: one or the other, and once."),
            Runners::with_cancellers,
            Runners::any(1..=2, 1..=2),
            [&["1/1", "1/2", "2/1"], &["1/1", "1/2"]],
            move |runners| together::an_event_runs_or_is_cancelled(make, runners),
        ),
        runners_check(
            "a_panic_ends_one_run",
            told_later!(
                "A panic goes on to who called the `run` that runs the action; all others go on."
            ),
            Runners::with_events,
            Runners::any(1..=2, 1..=3),
            [&["1/1", "1/2", "2/1", "2/2"], &["1/2", "2/1"]],
            move |runners| together::a_panic_ends_one_run(make, runners),
        ),
    ]
}

/// The workloads of a check, for the engine and for loom.
type Listed = [&'static [&'static str]; 2];

/// A check with one thread that lets events run.
fn agenda_check(
    name: &'static str,
    promise: &'static str,
    [exhaustive, loom]: Listed,
    scenario: impl Fn(&Agenda) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Agenda::in_words,
        Agenda::any(1..=5, 4, 2),
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Agenda::larger)
}

/// A check with events, and a number of something else.
fn counted_check(
    name: &'static str,
    promise: &'static str,
    in_words: fn(&Counted) -> String,
    generated: impl Strategy<Value = Counted> + Send + Sync + 'static,
    [exhaustive, loom]: Listed,
    scenario: impl Fn(&Counted) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        in_words,
        generated,
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Counted::larger)
}

/// A check with threads in `run`, and a number of something else.
fn runners_check(
    name: &'static str,
    promise: &'static str,
    in_words: fn(&Runners) -> String,
    generated: impl Strategy<Value = Runners> + Send + Sync + 'static,
    [exhaustive, loom]: Listed,
    scenario: impl Fn(&Runners) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        in_words,
        generated,
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Runners::larger)
}
