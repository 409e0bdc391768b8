//! `kata::sync` over parking_lot, crossbeam-channel and std.
//!
//! A program pays one branch for being explorable. In an exploration every operation first asks
//! the engine for its task's turn, and once that is given the real primitive does the work: with
//! its `try_` form, which cannot fail unless the engine's model of the object is wrong.
//!
//! # What this back end cannot see
//!
//! *Missed* is a fault that passes, *false* a sound solution that fails.
//!
//! | what | consequence |
//! |---|---|
//! | Memory is sequentially consistent, whatever the ordering written. | Missed: `Relaxed` where `Release` and `Acquire` are needed. loom sees it. |
//! | Tasks switch only at operations of `kata::sync`. | Nothing in safe Rust: data that tasks share is reached through these. |
//! | Code that waits by other means (`std::sync`, a socket, a bare loop) keeps its turn for ever. | The watchdog, if there is [one](crate::explore::Options::watchdog), says where; else the exploration never ends. |
//! | In an execution at most one operation ends or fails without a reason: a wait without a notification, a `park` without a permit, a `compare_exchange_weak` that found what it asked for, an await without a wake-up; or a future that may be dropped is. | Missed: what takes two of them, such as an exchange that is tried again only once. |
//! | A task has at most two time-outs while others could go on, its sleeps included. | Missed: what takes more of them. |
//! | The exchanges within `fetch_update` never fail without a reason. | Nothing: they would only be tried again. |
//! | A loop that only looks and gives way looks at most three times in vain in a row: its next look waits for a change. | Missed: code that counts its rounds. Else more rounds come to the same as fewer. |
//! | In other loops a task gives way at most eight times: then it waits until nothing else can go on. | Missed: what takes more of them. |
//! | Who drops the last `Arc` is not tried: `std`'s counters are no operations. | Missed: a destructor that does harm in one task, or at one moment, and not in another. |
//! | What destructors do in the middle of a panic is one step with what came before. | Nothing, but some executions are alike. |
//! | Every thread's end comes after the destructors of its `thread_local!`s. | Missed: harm done by one that still runs when its scope has ended. |
//! | After 2,500 operations nobody chooses any more who goes on, and what has not ended after as many again is stopped. | Missed: what takes longer. The verdict says so, if it would have been *verified*. |
//! | Another waker is tried only where a task is polled without a wake-up. | Missed: what takes a wake-up and another waker in one. |
//! | A selection that waits at a channel without room is met by who comes to stay, and not by who only attempts, as another selection. | The exploration is given up where that can matter, and says so. |
//!
//! # What is too much for it
//!
//! | what | consequence |
//! |---|---|
//! | An execution has at most 1,024 tasks, its setup included. | Inconclusive: the verdict says so. |
//! | A task has 2 MiB of stack, as a thread of `std` has. | Deeper recursion, and larger local variables, end the process with `SIGSEGV`, at a guard page: to say more takes a signal handler. `cargo kata check` runs checks in a second process, and explains it. |
//! | Without memory for another stack an execution ends. | The failure says so. |
//! | A destructor that panics in the middle of a panic ends the process, as it does elsewhere; and what tasks own when their execution ends early, in a deadlock say, is dropped by a panic of the engine's. | The thread and the panic are named before, by an [alarm](crate::explore::Options::alarm). A destructor that asks `std::thread::panicking()` is safe. |
//! | A destructor that waits for ever, once its execution is over, keeps its task's stack. | After 10,000 of these in a process the failure of an execution that leaves one more, and has not failed otherwise, says so; a table of outcomes ends, and is not complete. |
//! | Objects belong to the execution that creates them: none can be kept in a `static`. | Every verdict refuses it, and says where. |

pub mod atomic;
pub mod calls;
pub mod channel;
mod condvar;
pub mod hint;
mod identity;
mod local;
mod locks;
pub mod random;
mod raw;
mod scope;
mod spawned;
pub(crate) mod tasks;
pub mod thread;
pub mod time;

use crate::explore::BackEnd;

pub use crate::explore::explore;
pub use condvar::{Condvar, WaitTimeoutResult};
pub use locks::*;

/// What this back end offers.
pub const BACK_ENDS: &[BackEnd] = &[BackEnd::Generated, BackEnd::Exhaustive];

/// How many operations the running thread has performed; `None` outside explorations.
pub fn operations() -> Option<usize> {
    crate::explore::runtime::schedule_point::operations()
}

/// What a check waits for in the place of somebody slow: a client that says nothing until others
/// have been served, say. If that never comes, the failure says who was held up, and does not take
/// the wait for a mistake.
pub fn on_purpose<R>(wait: impl FnOnce() -> R) -> R {
    crate::explore::runtime::schedule_point::wait_on_purpose(true);
    let result = wait();
    crate::explore::runtime::schedule_point::wait_on_purpose(false);
    result
}

pub use crate::explore::runtime::current::executions_begun;

/// Why the real primitive must do at once what it is asked to in an exploration.
const TURN: &str = "the engine gives the turn when nothing is in the way";

#[cfg(all(test, not(loom)))]
pub(super) use tests::in_time;
#[cfg(test)]
mod tests;
