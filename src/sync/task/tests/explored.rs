//! Tasks in explorations.

use super::mail::{leaves_its_waker_too_late, mail, received};
use crate::explore::record::Spurious;
use crate::explore::tests::options;
use crate::explore::{BackEnd, Check, Failure, FailureKind, Scenario, Verdict};
use crate::sync::task::{
    JoinError, block_on, may_be_dropped, on_one_thread, sleep, spawn, timeout, yield_now,
};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Mutex, channel, explore};
use proptest::strategy::Just;
use std::collections::BTreeSet;
use std::future::{pending, poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

const SECOND: Duration = Duration::from_secs(1);

fn verdict(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Verdict {
    let check = Check::new("check", "holds", Just(0), [0_u8], [], move |_| scenario());
    explore(&check, BackEnd::Exhaustive, &options())
}

#[track_caller]
fn executions(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> u64 {
    match verdict(scenario) {
        Verdict::Verified { executions, .. } => executions,
        other => panic!("not verified: {other:?}"),
    }
}

#[track_caller]
fn failure(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Failure {
    match verdict(scenario) {
        Verdict::Failed(failure) => *failure,
        other => panic!("not failed: {other:?}"),
    }
}

/// All that the executions of one thread's code come to.
#[track_caller]
fn outcomes<T: Ord + Send + 'static>(
    code: impl Fn() -> T + Clone + Send + Sync + 'static,
) -> Vec<T> {
    let all = Arc::new(std::sync::Mutex::new(BTreeSet::new()));
    let log = Arc::clone(&all);
    executions(move || {
        let (log, code) = (Arc::clone(&log), code.clone());
        Scenario::new()
            .leaves_panics_to_joins()
            .thread("main", move || {
                let outcome = code();
                log.lock().unwrap().insert(outcome);
            })
    });
    std::mem::take(&mut *all.lock().unwrap())
        .into_iter()
        .collect()
}

#[test]
fn who_leaves_a_waker_before_it_awaits_is_woken() {
    // The writer comes first, in the middle or last; and each poll without a reason has two wakers.
    assert_eq!(executions(|| mail(received)), 7);
}

#[test]
fn a_waker_that_comes_too_late_is_never_used() {
    let failure = failure(|| mail(leaves_its_waker_too_late));
    assert!(
        matches!(failure.kind, FailureKind::Deadlock { .. }),
        "{:?}",
        failure.kind
    );
    assert_eq!(failure.record.spurious(), Spurious::default());
}

#[test]
fn a_waker_that_was_replaced_is_not_used_any_more() {
    let failure = failure(|| {
        mail(|mailbox| {
            let mut has_left_one = false;
            Box::pin(poll_fn(move |context: &mut Context<'_>| {
                let mut held = mailbox.lock();
                if let Some(value) = held.value {
                    return Poll::Ready(value);
                }
                if !has_left_one {
                    has_left_one = true;
                    held.waker = Some(context.waker().clone());
                }
                Poll::Pending
            }))
        })
    });
    assert!(
        matches!(failure.kind, FailureKind::Deadlock { .. }),
        "{:?}",
        failure.kind
    );
    assert_eq!(failure.record.spurious().wake_ups, 1);
}

#[test]
fn a_poll_need_not_mean_that_something_has_come() {
    let failure = failure(|| {
        mail(|mailbox| {
            let mut has_looked = false;
            Box::pin(poll_fn(move |context: &mut Context<'_>| {
                let mut held = mailbox.lock();
                if has_looked {
                    return Poll::Ready(held.value.expect("I was woken"));
                }
                has_looked = true;
                match held.value {
                    Some(value) => Poll::Ready(value),
                    None => {
                        held.waker = Some(context.waker().clone());
                        Poll::Pending
                    }
                }
            }))
        })
    });
    assert!(
        matches!(failure.kind, FailureKind::Panic { .. }),
        "{:?}",
        failure.kind
    );
    assert_eq!(failure.record.spurious().wake_ups, 1);
}

#[test]
fn tasks_go_on_in_every_order() {
    let orders = outcomes(|| {
        let log = Arc::new(Mutex::new(String::new()));
        block_on(async {
            let tasks = ["a", "b", "c"].map(|name| {
                let log = Arc::clone(&log);
                spawn(async move {
                    yield_now().await;
                    log.lock().push_str(name);
                })
            });
            for task in tasks {
                task.await.unwrap();
            }
        });
        log.lock().clone()
    });
    assert_eq!(orders, ["abc", "acb", "bac", "bca", "cab", "cba"]);
}

#[test]
fn a_task_can_be_given_up_at_each_of_its_awaits() {
    let ends = outcomes(|| {
        let steps = Arc::new(Mutex::new(0));
        let its = Arc::clone(&steps);
        let task = spawn(async move {
            for _ in 0..2 {
                *its.lock() += 1;
                yield_now().await;
            }
            *its.lock() += 1;
        });
        task.abort();
        let end = block_on(task).map_err(|error| error.to_string());
        let steps = *steps.lock();
        (end, steps)
    });
    let given_up = || Err("the task was given up".to_owned());
    assert_eq!(ends, [(Ok(()), 3), (given_up(), 1), (given_up(), 2)]);
}

#[test]
fn a_panic_of_a_task_is_told_to_who_awaits_it() {
    let ends = outcomes(|| {
        let task = spawn(async { panic!("broken") });
        let end: Result<(), JoinError> = block_on(task);
        end.is_err_and(|error| error.is_panic())
    });
    assert_eq!(ends, [true]);
}

#[test]
fn without_anybody_who_awaits_a_panic_is_a_failure() {
    let failure =
        failure(|| Scenario::new().thread("main", || drop(spawn(async { panic!("broken") }))));
    assert!(
        matches!(failure.kind, FailureKind::Panic { .. }),
        "{:?}",
        failure.kind
    );
}

#[test]
fn time_passes_when_nothing_else_can_go_on_or_early() {
    let ends = outcomes(|| {
        let start = Instant::now();
        let waits = async {
            let late = timeout(SECOND, pending::<()>()).await.is_err();
            sleep(SECOND).await;
            late
        };
        let late = block_on(waits);
        (late, start.elapsed())
    });
    assert_eq!(ends, [(true, SECOND * 2)]);
}

#[test]
fn what_is_never_woken_is_a_deadlock() {
    let failure = failure(|| Scenario::new().thread("main", || block_on(pending())));
    assert!(
        matches!(failure.kind, FailureKind::Deadlock { .. }),
        "{:?}",
        failure.kind
    );
}

#[test]
fn a_future_that_wakes_itself_waits_for_others() {
    executions(|| {
        let done = Arc::new(Mutex::new(false));
        let its = Arc::clone(&done);
        Scenario::new()
            .thread("looks", move || {
                block_on(async {
                    while !*its.lock() {
                        yield_now().await;
                    }
                });
            })
            .thread("does", move || *done.lock() = true)
    });
}

#[test]
fn a_result_can_be_asked_for_at_any_time() {
    let seen = outcomes(|| {
        let mut task = spawn(ready(3));
        let before = task.done();
        let taken = task.result().map(Result::unwrap);
        (before, taken)
    });
    assert_eq!(seen, [(false, None), (false, Some(3)), (true, Some(3))]);
}

#[test]
fn on_one_thread_no_two_tasks_are_polled_at_a_time() {
    let order = |run: fn(Pin<Box<dyn Future<Output = String> + Send>>) -> String| {
        move || {
            run(Box::pin(async {
                let log = Arc::new(Mutex::new(String::new()));
                let tasks = ["a", "b"].map(|name| {
                    let log = Arc::clone(&log);
                    spawn(async move {
                        log.lock().push_str(name);
                        log.lock().push_str(name);
                    })
                });
                for task in tasks {
                    task.await.unwrap();
                }
                log.lock().clone()
            }))
        }
    };
    let one = order(|future| on_one_thread(future));
    let several = order(|future| block_on(future));
    assert_eq!(outcomes(one), ["aabb", "bbaa"]);
    let all = ["aabb", "abab", "abba", "baab", "baba", "bbaa"];
    assert_eq!(outcomes(several), all);
}

#[test]
fn a_task_that_blocks_its_thread_holds_up_all_others() {
    let failure = failure(|| {
        Scenario::new().thread("main", || {
            on_one_thread(async {
                let (send, receive) = channel::bounded(1);
                let other = spawn(async move { send.send(1).unwrap() });
                assert_eq!(receive.recv(), Ok(1));
                other.await.unwrap();
            });
        })
    });
    assert!(
        matches!(failure.kind, FailureKind::Deadlock { .. }),
        "{:?}",
        failure.kind
    );
}

#[test]
fn what_is_left_when_the_future_of_one_thread_ends_is_given_up() {
    let ends = outcomes(|| {
        let [left] = on_one_thread(async { [spawn(pending::<()>())] });
        left.done()
    });
    assert_eq!(ends, [true]);
}

#[test]
fn a_future_that_is_run_within_a_poll_has_its_turn_already() {
    let sums = outcomes(|| on_one_thread(async { block_on(async { 1 }) + 1 }));
    assert_eq!(sums, [2]);
}

#[test]
fn a_future_may_be_dropped_at_each_of_its_awaits() {
    let ends = outcomes(|| {
        let steps = Mutex::new(0);
        let end = block_on(may_be_dropped(async {
            for _ in 0..2 {
                *steps.lock() += 1;
                yield_now().await;
            }
        }));
        (end, steps.into_inner())
    });
    assert_eq!(ends, [(None, 1), (None, 2), (Some(()), 2)]);
}

#[test]
fn who_is_given_up_hears_of_it_though_it_is_polled_with_another_waker() {
    let ends = outcomes(|| {
        let task = spawn(pending::<()>());
        task.abort();
        block_on(task).is_err_and(|error| error.is_cancelled())
    });
    assert_eq!(ends, [true]);
}

#[test]
fn who_gives_up_a_task_that_is_done_could_have_come_before_its_end() {
    let ends = outcomes(|| {
        let task = spawn(yield_now());
        let (sends, receives) = channel::bounded(1);
        // Nothing orders the two: by default the first task is done before the second begins.
        let other = spawn(async move { sends.send(()).unwrap() });
        receives.recv().unwrap();
        task.abort();
        drop(other);
        block_on(task).is_err()
    });
    assert_eq!(ends, [false, true]);
}
