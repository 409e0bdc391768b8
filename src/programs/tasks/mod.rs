//! Programs of tasks: all tasks of one are polled by one thread, as by an event loop.
//!
//! | to read in this order | |
//! |---|---|
//! | `screen` | the thread that polls the tasks, and the one that prints what they say |
//! | `say_after`, `welcome` | tasks that say something after a pause; one after the other, or all at once |
//! | `results` | what tasks have come to, and how one is told of it |
//! | `lock`, `semaphore` | tasks that must not, or not all, do something at the same time |

pub mod lock;
pub mod results;
pub mod say_after;
mod screen;
pub mod semaphore;
pub mod welcome;

#[cfg(all(test, not(loom)))]
mod tests;
