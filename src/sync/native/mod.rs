//! `kata::sync` over parking_lot, crossbeam-channel and std.
//!
//! A program pays one branch for being explorable. In an exploration every operation first asks
//! the engine for its task's turn, and once that is given the real primitive does the work: with
//! its `try_` form, which cannot fail unless the engine's picture of the object is wrong.
//!
//! # What this back end cannot see
//!
//! *Missed* is a fault that passes, *false* a sound solution that fails.
//!
//! | what | consequence |
//! |---|---|
//! | Memory is sequentially consistent, whatever the ordering written. | Missed: `Relaxed` where `Release` and `Acquire` are needed. loom sees it. |
//! | Tasks switch only at operations of `kata::sync`. | Nothing in safe Rust: data that tasks share is reached through these. |
//! | Code that waits by other means (`std::sync`, a socket, a bare loop) keeps its turn for ever. | The watchdog ends the process and says where. |
//! | An execution has at most one wake-up without a notification, and two timers that go off while others could run. | Missed: what takes more of them. |
//! | Who gives way goes on only after another one has run, if one can. | Nothing but a loop that looks several times while nobody does anything. |
//! | `park` ends only with a token. | Missed: a park without a loop. |
//! | After 2,500 operations nobody chooses any more who goes on, and what has not ended after as many again is stopped. | Missed: what takes longer. The verdict says so, if it would have been *verified*. |
//! | `compare_exchange_weak` fails only if the value differs. | Missed: a weak exchange without a loop. |
//! | A writer that waits does not hold up readers, as parking_lot's does. | Missed: a task that reads twice at a time, with a writer in between. |
//! | A condvar does not ask for the same mutex at every wait, as parking_lot's does. | Missed: two mutexes at one condvar. |
//! | With capacity 0 a message is handed over only to a receiver that waits. | False: a `try_recv` never meets a sender that waits. |

pub mod atomic;
pub mod channel;
mod condvar;
pub mod hint;
mod mutex;
mod rwlock;
mod scope;
pub mod thread;
pub mod time;

use crate::explore::BackEnd;

pub use crate::explore::explore;
pub use condvar::{Condvar, WaitTimeoutResult};
pub use mutex::{Mutex, MutexGuard};
pub use rwlock::{RwLock, RwLockGuard, RwLockReadGuard, RwLockWriteGuard};

/// What this back end offers.
pub const BACK_ENDS: &[BackEnd] = &[BackEnd::Generated, BackEnd::Exhaustive];

/// How many operations the running thread has performed; `None` outside explorations.
pub fn operations() -> Option<usize> {
    crate::explore::turn::operations()
}

/// What a check waits for in the place of somebody slow: a client that says nothing until others
/// have been served, say. If that never comes, the failure says who was held up, and does not take
/// the wait for a mistake.
pub fn on_purpose<R>(wait: impl FnOnce() -> R) -> R {
    crate::explore::turn::wait_on_purpose(true);
    let result = wait();
    crate::explore::turn::wait_on_purpose(false);
    result
}

pub(crate) use crate::explore::run::executions_begun;

/// Why the real primitive must do at once what it is asked to in an exploration.
const TURN: &str = "the engine gives the turn when nothing is in the way";

#[cfg(test)]
mod tests;
