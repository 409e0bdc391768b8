//! Tasks under loom.

use super::mail::{leaves_its_waker_too_late, mail, received};
use crate::explore::tests::options;
use crate::explore::{BackEnd, Check, FailureKind, Scenario, Verdict};
use crate::sync::task::{JoinError, block_on, sleep, spawn};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Mutex, explore};
use proptest::strategy::Just;
use std::collections::BTreeSet;
use std::future::ready;
use std::sync::Arc;

fn verdict(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Verdict {
    let check = Check::new("check", "holds", Just(0), [0_u8], [0], move |_| scenario());
    explore(&check, BackEnd::Loom, &options())
}

/// All that the executions of one thread's code come to.
#[track_caller]
fn outcomes<T: Ord + Send + 'static>(code: fn() -> T) -> Vec<T> {
    let all = Arc::new(std::sync::Mutex::new(BTreeSet::new()));
    let log = Arc::clone(&all);
    let verdict = verdict(move || {
        let log = Arc::clone(&log);
        Scenario::new()
            .leaves_panics_to_joins()
            .thread("main", move || {
                let outcome = code();
                log.lock().unwrap().insert(outcome);
            })
    });
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
    std::mem::take(&mut *all.lock().unwrap())
        .into_iter()
        .collect()
}

#[test]
fn who_leaves_a_waker_before_it_awaits_is_woken() {
    let verdict = verdict(|| mail(received));
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
}

#[test]
fn a_waker_that_comes_too_late_is_never_used() {
    let verdict = verdict(|| mail(leaves_its_waker_too_late));
    let Verdict::Failed(failure) = verdict else {
        panic!("not failed: {verdict:?}");
    };
    assert!(
        matches!(failure.kind, FailureKind::Deadlock { .. }),
        "{:?}",
        failure.kind
    );
}

#[test]
fn tasks_go_on_in_every_order() {
    let orders = outcomes(|| {
        let log = Arc::new(Mutex::new(String::new()));
        block_on(async {
            let tasks = ["a", "b"].map(|name| {
                let log = Arc::clone(&log);
                spawn(async move { log.lock().push_str(name) })
            });
            for task in tasks {
                task.await.unwrap();
            }
        });
        log.lock().clone()
    });
    assert_eq!(orders, ["ab", "ba"]);
}

#[test]
fn a_task_can_be_given_up_at_each_of_its_awaits() {
    let ends = outcomes(|| {
        let steps = Arc::new(Mutex::new(0));
        let its = Arc::clone(&steps);
        let task = spawn(async move {
            *its.lock() += 1;
            spawn(ready(())).await.unwrap();
            *its.lock() += 1;
        });
        task.abort();
        let end = block_on(task).map_err(|error| error.to_string());
        let steps = *steps.lock();
        (end, steps)
    });
    let given_up = Err("the task was given up".to_owned());
    assert_eq!(ends, [(Ok(()), 2), (given_up, 1)]);
}

#[test]
fn a_panic_of_a_task_is_told_to_who_awaits_it() {
    let ends = outcomes(|| {
        let end: Result<(), JoinError> = block_on(spawn(async { panic!("broken") }));
        end.is_err_and(|error| error.is_panic())
    });
    assert_eq!(ends, [true]);
}

#[test]
fn who_sleeps_gives_way_and_its_clock_moves() {
    const SECOND: Duration = Duration::from_secs(1);
    let ends = outcomes(|| {
        let start = Instant::now();
        block_on(sleep(SECOND));
        start.elapsed()
    });
    assert_eq!(ends, [SECOND]);
}
