//! The checks of `executor`, from the simplest to the most demanding.

mod crew;
mod ends;
mod polls;
mod runners;

use super::contract::{Executor, Task};
use crate::curriculum::seen::must_be_seen;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next, one_to};
use crate::explore::check::Check;
use crate::told_later;
use crate::{noun, text};
use crew::Crew;
use std::num::NonZeroU16;
use std::sync::Arc;

/// Makes an executor.
type Make = fn() -> Arc<dyn Executor>;

/// What every executor promises, from the simplest to the most demanding.
pub fn checks<E: Executor>() -> Vec<Check> {
    checks_of(|| Arc::new(E::new()))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = of_polls(make);
    checks.extend(of_runners(make));
    checks.extend(of_ends(make));
    checks
}

fn spawn(executor: &dyn Executor, task: impl Future<Output = ()> + Send + 'static) {
    let task: Task = Box::pin(task);
    must_be_seen("spawn", || executor.spawn(task));
}

fn run(executor: &dyn Executor) {
    must_be_seen("run", || executor.run());
}

/// When a task is polled.
fn of_polls(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "each_task_is_polled_to_its_end",
            told_later!(
                "`run` polls each task until it is ready, and no more; a wake-up in the middle of a poll counts."
            ),
            |tasks| tasks.in_words(noun!("task"), noun!("await")),
            PerThread::any(0..=3, 0..=2),
            listed(&["0", "1", "2", "1+0", "1+1"]),
            listed(&["0", "1", "1+0"]),
            move |tasks| polls::each_task_is_polled_to_its_end(make, tasks),
        )
        .growing(PerThread::larger),
        Check::told(
            "run_waits_for_pending_tasks",
            told_later!("While tasks are pending `run` waits, and when none is left it returns."),
            |posters| posters.in_words(noun!("poster"), noun!("letter")),
            PerThread::any(1..=2, 1..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1", "2"]),
            move |posters| polls::run_waits_for_pending_tasks(make, posters),
        )
        .growing(PerThread::larger),
        Check::told(
            "only_the_woken_are_polled",
            told_later!("A task is polled when it was woken itself, and not when others were."),
            |tasks| tasks.in_words(noun!("task"), noun!("letter")),
            PerThread::any(1..=3, 0..=2),
            listed(&["1", "1+1", "2+1"]),
            listed(&["1"]),
            move |tasks| polls::only_the_woken_are_polled(make, tasks),
        )
        .growing(PerThread::larger),
        Check::told(
            "wake_ups_between_two_polls_are_one",
            told_later!("However often a task is woken before its next poll, it is polled once for that."),
            |wakes: &NonZeroU16| {
                text!(
                    "{wakes} in the middle of the first poll",
                    wakes = counted(wakes.get(), noun!("wake-up"))
                )
            },
            one_to(3),
            listed(&["2", "3"]),
            listed(&["1", "2"]),
            move |wakes| polls::wake_ups_between_two_polls_are_one(make, *wakes),
        )
        .growing(next),
        Check::told(
            "tasks_may_add_tasks",
            told_later!("A task may add another one in its poll, and `run` waits for that as well."),
            |tasks: &NonZeroU16| {
                text!(
                    "{tasks}, each added by the one before",
                    tasks = counted(tasks.get(), noun!("task"))
                )
            },
            one_to(3),
            listed(&["1", "2", "3"]),
            listed(&["1", "2"]),
            move |tasks| polls::tasks_may_add_tasks(make, *tasks),
        )
        .growing(next),
    ]
}

/// What several threads do.
fn of_runners(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "every_runner_returns",
            told_later!("When no task is left `run` returns, in every thread that has called it."),
            |runners: &NonZeroU16| counted(runners.get(), noun!("runner")),
            one_to(3),
            listed(&["2", "3"]),
            listed(&["2"]),
            move |runners| runners::every_runner_returns(make, *runners),
        )
        .growing(next),
        Check::told(
            "one_thread_polls_a_task",
            told_later!(
                "A task is polled by one thread at a time, and each poll sees those before it."
            ),
            Crew::in_words,
            Crew::any(),
            listed(&["1/1", "2/0", "2/1", "2/2", "2/1+0"]),
            listed(&["1/1", "2/0", "2/1"]),
            move |crew| runners::one_thread_polls_a_task(make, crew),
        )
        .growing(Crew::larger),
        Check::told(
            "a_poll_sees_what_came_before",
            told_later!("A poll sees what was done before the wake-up that led to it."),
            |workers: &NonZeroU16| counted(workers.get(), noun!("worker")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |workers| polls::a_poll_sees_what_came_before(make, *workers),
        )
        .growing(next),
        Check::told(
            "a_slow_poll_holds_up_no_other",
            told_later!(
                "While one thread is in the middle of a poll, another one polls other tasks."
            ),
            |others: &NonZeroU16| {
                text!(
                    "a task whose poll waits for {others}",
                    others = counted(others.get(), noun!("other task"))
                )
            },
            one_to(3),
            listed(&["1"]),
            listed(&["1"]),
            move |others| runners::a_slow_poll_holds_up_no_other(make, *others),
        )
        .growing(next),
    ]
}

/// What becomes of tasks.
fn of_ends(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "a_waker_may_be_kept",
            told_later!("A task that has ended is dropped, and its wakers do nothing any more."),
            |keepers| keepers.in_words(noun!("keeper"), noun!("wake-up")),
            PerThread::any(1..=2, 0..=2),
            listed(&["0", "1", "2", "1+1"]),
            listed(&["0"]),
            move |keepers| ends::a_waker_may_be_kept(make, keepers),
        )
        .growing(PerThread::larger),
        Check::told(
            "a_panic_ends_its_task_only",
            told_later!(
                "If a poll panics, its `run` does too; the task has ended, and the others go on."
            ),
            |others: &u16| {
                text!(
                    "a task that panics, and {others}",
                    others = counted(*others, noun!("other task"))
                )
            },
            0..=3_u16,
            [0, 1, 2],
            [0, 1],
            move |others| ends::a_panic_ends_its_task_only(make, *others),
        )
        .growing(|others: &u16| others.checked_add(1).into_iter().collect()),
    ]
}
