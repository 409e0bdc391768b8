//! Tasks: futures that others poll.
//!
//! | here | like |
//! |---|---|
//! | [`block_on`] | `futures::executor::block_on` |
//! | [`on_one_thread`] | `block_on` of tokio's runtime of the current thread |
//! | [`spawn`], [`JoinHandle`], [`JoinError`], [`yield_now`] | those of `tokio::task` |
//! | [`sleep`], [`timeout()`] | those of `tokio::time` |
//!
//! Futures and wakers are those of `std`, and so whatever is written against them can be used, and
//! explored, as it is: the combinators of the `futures` crate, a future by hand, another executor.
//!
//! In an exploration a task goes on as a thread does: which of several woken ones is polled next, and
//! whether two are polled at the same time, is tried in every way. Besides, one in an execution is
//! polled although nobody has woken it, with the waker that it knows or with another one: as every
//! future has to bear. And one that [may be dropped](may_be_dropped) is, at any of its awaits.
//!
//! | to read in this order | |
//! |---|---|
//! | `timers` | what wakes a task after some time; `sleep` |
//! | `timeout`, `yielding`, `dropping` | futures made of it, of a waker alone, and of others |
//! | `executor` | threads that poll all tasks, outside explorations |
//! | `turns` | the tasks of one thread, of which one is polled at a time |
//! | `polling`, `one_thread` | a thread that polls one future; one that polls its tasks as well |
//! | `errors`, `shared`, `handle` | what tasks come to, and who waits for that |
//! | `spawned` | the start of tasks |

mod dropping;
mod errors;
mod executor;
mod handle;
mod one_thread;
mod polling;
mod shared;
mod spawned;
mod timeout;
mod timers;
mod turns;
mod yielding;

pub use dropping::{MayBeDropped, may_be_dropped};
pub use errors::JoinError;
pub use handle::JoinHandle;
pub use one_thread::on_one_thread;
pub use polling::block_on;
pub use spawned::{Builder, spawn};
pub use timeout::{Elapsed, Timeout, timeout};
pub use timers::{Sleep, sleep};
pub use yielding::{YieldNow, yield_now};

#[cfg(test)]
mod tests;
