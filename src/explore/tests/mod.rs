//! Small scenarios with a known outcome.

#[cfg(not(loom))]
mod async_bugs;
mod async_programs;
mod await_changes;
mod await_loops;
mod await_programs;
mod awaited;
mod beyond_the_list;
mod contrast;
mod failures;
mod kept_panics;
mod limits;
mod long_runs;
mod oracle;
mod possible;
mod programs;
mod published;
mod reduction;
mod soundness;
mod spurious;
mod statics;
mod time;
mod tokens;
mod unwinding;
mod waiting;

use super::{Alarm, BackEnd, Options, Outcomes};
use crate::explore::model::budget::Limits;
use crate::explore::model::check::{Check, Workload};
use crate::explore::model::scenario::Scenario;
use crate::explore::model::seen::Seen;
use crate::explore::model::verdict::{Failure, FailureKind, Verdict};
use crate::explore::runtime::settings::Settings;
use crate::sync::engine::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::engine::channel::{Sender, bounded, unbounded};
use crate::sync::engine::{Mutex, RwLock, hint, thread};
use Ordering::SeqCst;
use proptest::strategy::Just;
use std::io::{self, Write};
use std::process;
use std::sync::Arc;

/// The options of all tests of the explorer and its back ends: a hang ends the process, and says so.
pub(crate) fn options() -> Options {
    let alarm = |alarm: Alarm<'_>| {
        // Not by `eprintln`, whose text a test would keep until it ends.
        let _ = writeln!(io::stderr(), "\n\n{alarm}");
        if let Alarm::Hang(_) = alarm {
            process::exit(124);
        }
    };
    Options {
        alarm,
        ..Options::of_environment()
    }
}

fn settings() -> Settings {
    Settings::new(&options())
}

/// Settings with other limits than usual.
fn within(limits: Limits) -> Settings {
    Settings {
        limits,
        ..settings()
    }
}

fn explore(check: &Check, back_end: BackEnd) -> Verdict {
    super::explore(check, back_end, &options())
}

fn outcomes(workload: &Workload) -> Outcomes {
    super::outcomes(workload, &options())
}

/// A check with one workload.
fn check(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Check {
    Check::new("check", "holds", Just(0u8), [0u8], [], move |_| scenario())
}

/// Explores exhaustively; the number of executions.
#[track_caller]
fn executions(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> u64 {
    match explore(&check(scenario), BackEnd::Exhaustive) {
        Verdict::Verified { executions, .. } => executions,
        other => panic!("not verified: {other:#?}"),
    }
}

/// Explores exhaustively and by generated schedules; the failure, the same from both.
#[track_caller]
fn failure(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Failure {
    let check = check(scenario);
    let [exhaustive, generated] =
        [BackEnd::Exhaustive, BackEnd::Generated].map(|back_end| match explore(&check, back_end) {
            Verdict::Failed(failure) => *failure,
            other => panic!("{back_end}: not failed: {other:?}"),
        });
    assert_eq!(exhaustive.kind, generated.kind);
    assert_eq!(exhaustive.record, generated.record);
    assert_eq!(exhaustive.size, generated.size);
    exhaustive
}

/// Explores exhaustively and by generated schedules, of which neither can; why.
#[track_caller]
fn given_up(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> String {
    let check = check(scenario);
    let [exhaustive, generated] =
        [BackEnd::Exhaustive, BackEnd::Generated].map(|back_end| match explore(&check, back_end) {
            Verdict::Inconclusive { why, .. } => why,
            other => panic!("{back_end}: not given up: {other:?}"),
        });
    // There may be other executions.
    assert!(generated.ends_with(&exhaustive), "{generated}");
    exhaustive
}

/// Threads that run the same code on what they share.
fn together<T: Send + Sync + 'static>(count: usize, shared: T, code: fn(&T)) -> (Arc<T>, Scenario) {
    let shared = Arc::new(shared);
    let add = |scenario: Scenario, i| {
        let shared = Arc::clone(&shared);
        scenario.thread(format!("t{i}"), move || code(&shared))
    };
    let scenario = (1..=count).fold(Scenario::new(), add);
    (shared, scenario)
}

fn locked_counter(threads: usize) -> Scenario {
    let (counter, scenario) = together(threads, Mutex::new(0), |counter| *counter.lock() += 1);
    scenario.finally(move || assert_eq!(*counter.lock(), threads))
}

/// The number of ways to merge `threads` sequences of `steps` steps.
fn merges(threads: u64, steps: u64) -> u64 {
    let factorial = |n: u64| (1..=n).product::<u64>();
    factorial(threads * steps) / factorial(steps).pow(threads as u32)
}

#[test]
fn one_order_of_independent_steps_is_tried() {
    let count = executions(|| {
        let (_, scenario) = together(3, (), |()| {
            let own = AtomicUsize::new(0);
            (0..3).for_each(|step| own.store(step, SeqCst));
        });
        scenario
    });
    assert_eq!(count, 1);
}

#[test]
fn every_order_of_dependent_steps_is_tried_once() {
    for (threads, steps) in [(1, 3), (2, 1), (2, 3), (3, 2)] {
        let count = executions(move || {
            let shared = (AtomicUsize::new(0), steps);
            let (_, scenario) = together(threads, shared, |(counter, steps)| {
                (0..*steps).for_each(|_| drop(counter.fetch_add(1, SeqCst).to_string()));
            });
            scenario
        });
        let expected = merges(threads as u64, steps as u64);
        assert_eq!(count, expected, "{threads} × {steps}");
    }
}

#[test]
fn locked_steps_are_tried_in_every_order_in_which_the_lock_is_taken() {
    assert_eq!(executions(|| locked_counter(1)), 1);
    // One task locks; the other, when its turn comes before the unlock, can only wait.
    assert_eq!(executions(|| locked_counter(2)), 2);
    assert_eq!(executions(|| locked_counter(3)), 6);
}

#[test]
fn an_unlocked_counter_fails_by_one_preemption() {
    let failure = failure(|| {
        let (counter, scenario) = together(2, AtomicUsize::new(0), |counter| {
            let old = counter.load(SeqCst);
            counter.store(old + 1, SeqCst);
        });
        scenario.finally(move || assert_eq!(counter.load(SeqCst), 2))
    });
    assert_eq!(failure.record.preemptions(), 1);
    let read = |number: u8| Seen::Read(number.into());
    let wrote = |number: u8| Seen::Wrote(number.into());
    let events = failure.record.events.iter();
    let seen: Vec<Seen> = events.filter_map(|event| event.seen.clone()).collect();
    assert_eq!(seen, [read(0), read(0), wrote(1), wrote(1), read(1)]);
    let FailureKind::Panic {
        message,
        location,
        in_final_check,
        ..
    } = failure.kind
    else {
        panic!("{:?}", failure.kind);
    };
    assert!(message.contains("left: 1") && in_final_check, "{message}");
    assert!(location.is_some_and(|at| at.contains("tests/mod.rs:")));
}
