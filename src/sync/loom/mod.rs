//! `kata::sync` over loom, which explores every execution that weak memory allows.
//!
//! loom models locks and atomics, and everything else is built on these. A path that begins with
//! `loom::` is the crate's; this module's own begin with `super::` or `crate::`.
//!
//! | to read in this order | |
//! |---|---|
//! | `pass`, `limits` | the ways in which a workload is explored, and how far |
//! | `history`, `execution`, `endings` | one execution: its tasks, its objects, its record; how it ends |
//! | `report` | what came of a pass, told to whoever asked |
//! | `deadlock`, `livelock`, `calls`, `step` | how an operation is performed, and what loom's errors mean |
//! | `mutex`, `monitor`, `raw`, `locks`, `condvar`, `orders`, `atomic`, `channel`, `time`, `timed` | what katas use |
//! | `identity`, `local`, `spawned`, `thread`, `tasks`, `scope`, `exit_barrier` | the tasks' start and end |
//! | `arcs`, `run` | lets loom explore a check, and makes a verdict of it |
//!
//! # What this back end cannot see
//!
//! Read off the source of loom 0.7.2, and tried. *Missed* is a fault that passes, *false* a
//! sound solution that fails: list no such workload for loom.
//!
//! | what | consequence |
//! |---|---|
//! | It runs at most 5 threads, those included that the code under test starts. | More than that fails, and says so. |
//! | A waiter never wakes without a notification. | Missed in part: a second pass, in which `notify_one` wakes every waiter, shows `if` in the place of `while`. |
//! | `notify_one` wakes the longest waiter, or on the second pass every one. | Missed: what goes wrong only if another one wakes alone. |
//! | No timed operation times out, except `park_timeout`, which without its permit gives way as `sleep` does, unless it has until the end of time; a task's clock shows the time that it has slept. | False deadlocks, reported as the back end's failure; missed: what goes wrong after a timeout. |
//! | `try_lock`, `try_read` and `try_write` wait if another task takes the lock right before them. | False deadlocks, reported as the back end's failure. |
//! | An operation on a read-write lock happens before every later one on it, that of another reader too. | Missed: data published by something other than the value. |
//! | Only fences have a total order: so a sequentially consistent access has its place [at one](atomic). | Missed: what goes wrong because something `Relaxed` is not ordered by such accesses to another atomic. |
//! | A store is not kept from slipping between the two halves of an earlier read-modify-write. | False livelocks: a spin lock that swaps an integer, or reads by `fetch_add(0)`, never sees the release. Reported as the back end's failure if tasks give way. `AtomicBool::swap` with `Relaxed` or `Acquire` is kept from it, and so is `SeqCst`. |
//! | Two tasks that wait by giving way can give way to each other for ever. | Then each one's turns are bounded: [bounded] instead of verified. |
//! | A load sees one of the latest 7 stores, and never one that is yet to come. | Missed: load buffering. |
//! | Of the accesses to an atomic it remembers the last one only. | Tried on a [pass](orders) of its own; if that is cut off, [bounded] instead of verified. |
//! | Not every stale load that weak memory allows is tried. | Missed in part: under a lock a slot is stored, then its index, and both are read without the lock, all of it `Relaxed`. One more `yield_now` shows the old slot. |
//! | `compare_exchange_weak` fails only if the value differs. | Missed: a weak exchange without a loop. The engine sees it. |
//! | A task of async code is polled only when it was woken, with one waker. | Missed: what takes a poll without a reason, or another waker. The engine sees it. |
//! | `park` ends only with a permit. | Missed: a park without a loop. The engine sees it. |
//! | Of the operations of a selection that can go on the first is chosen, and it is for channels with room only. | Missed: what goes wrong only if another is chosen. A channel without room is refused. |
//! | A channel is a lock: a send happens before every later operation on it. | Missed: data published by something other than the message. |
//! | A lock that a panicking task held cannot be used again, should the panic be caught. | False, reported as the back end's failure. |
//! | What `std` orders it does not see, such as `Arc`: who drops the last one has seen what the others did before they dropped theirs. | False, reported as the back end's failure [where a destructor reads an atomic](arcs). |
//! | Every task must end, also what the code has started. | False deadlocks, of tasks that would wait for ever. Where calls wait that may, reported as the back end's failure. |
//! | A task has 32 KiB of stack. | Deep recursion fails, and says so. |
//! | What waits or loops without an operation of `kata::sync` stops every task: a `std` lock around an operation, say. | The watchdog, if there is [one](crate::explore::Options::watchdog), says where; else the exploration never ends. |
//!
//! A pass over a workload ends after 10,000 executions, or as many as its [bounds] say. If it was not
//! through by then, executions with at most two preemptions are tried, or one, of this workload and of those
//! after it: [bounded] instead of verified. If there are too many of these, or whoever explores has set
//! a bound that was reached, the exploration is [inconclusive]. loom's other variables change nothing
//! here; an execution has at most 1,000 branches.
//!
//! [bounds]: crate::explore::LoomBounds
//! [bounded]: crate::explore::verdict::Verdict::Bounded
//! [inconclusive]: crate::explore::verdict::Verdict::Inconclusive

mod arcs;
pub mod atomic;
pub mod calls;
pub mod channel;
mod condvar;
mod deadlock;
mod endings;
mod execution;
mod exit_barrier;
mod history;
mod identity;
mod limits;
mod livelock;
mod local;
mod locks;
mod monitor;
mod mutex;
mod orders;
mod pass;
mod raw;
mod report;
mod run;
mod scope;
mod spawned;
mod step;
pub(crate) mod tasks;
pub mod thread;
pub mod time;
mod timed;

use crate::explore::BackEnd;
use crate::explore::record::{Event, EventKind};

pub use execution::executions_begun;

pub use condvar::{Condvar, WaitTimeoutResult};
pub use locks::*;
pub use run::explore;

/// What this back end offers.
pub const BACK_ENDS: &[BackEnd] = &[BackEnd::Loom];

/// How many operations the running thread has performed.
pub fn operations() -> Option<usize> {
    Some(execution::with(|execution| {
        let running = execution.running;
        let events = &execution.record.events;
        let own = |event: &&Event| {
            event.task == running && matches!(event.what, EventKind::Performed(..))
        };
        events.iter().filter(own).count()
    }))
}

/// What a check waits for in the place of somebody slow: a client that says nothing until others
/// have been served, say. If that never comes, the failure says who was held up, and does not take
/// the wait for a mistake.
pub fn on_purpose<R>(wait: impl FnOnce() -> R) -> R {
    let note = |is_wait| {
        execution::with(|execution| {
            let running = execution.running.index();
            execution.tasks[running].on_purpose = is_wait;
        });
    };
    note(true);
    let result = wait();
    note(false);
    result
}

/// Numbers by chance.
pub mod random {
    use super::step;
    use crate::explore::verdict::FailureKind;

    /// Any number below `count`, which loom cannot try: the check is given up.
    ///
    /// # Panics
    /// Panics if `count` is 0.
    pub fn below(count: usize) -> usize {
        assert!(count > 0, "no number is below 0");
        if count == 1 {
            return 0;
        }
        step::fail(FailureKind::BackEnd {
            message: "loom cannot try what is chosen by chance".to_owned(),
        })
    }
}

/// Hints to the processor.
pub mod hint {
    use super::thread;
    use crate::explore::operation::Operation;
    use std::panic::Location;

    /// Gives way to the other threads, as [`thread::yield_now`] does.
    #[track_caller]
    pub fn spin_loop() {
        thread::give_way(Operation::Yield, Location::caller());
    }
}

#[cfg(test)]
mod tests;
