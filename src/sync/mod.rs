//! What katas are written with: locks, channels, atomics, threads and a clock.
//!
//! Everything here is used like what you know already, and does the same work:
//!
//! | here | like |
//! |---|---|
//! | [`Mutex`], [`RwLock`], [`Condvar`] | those of parking_lot: no poisoning, `wait` takes `&mut guard`, and a writer that waits holds up new readers |
//! | [`channel`] | `crossbeam::channel`: bounded or unbounded, any number of senders and receivers, and [`select!`](crate::sync::channel::select) |
//! | [`atomic`] | `std::sync::atomic` |
//! | [`Once`], [`OnceLock`], [`LazyLock`], [`Barrier`] | those of `std::sync` |
//! | [`thread`], [`thread_local!`](macro@thread_local), [`hint`] | `std::thread`, `std::thread_local!`, `std::hint` |
//! | [`task`] | futures that others poll: `block_on`, `spawn`, `sleep`, `timeout` |
//! | [`time`], [`random`] | `std::time`; a choice that an exploration makes in all ways |
//!
//! # What is left out
//!
//! | of | what | why |
//! |---|---|---|
//! | all | `const fn new` | An exploration has to know which task creates an object, and a `static` would carry its value from one execution into the next. Outside of explorations `std`'s `LazyLock` makes a static of any of these; in one every use of it is refused, with its place. |
//! | parking_lot | upgradable reads | `std` has none. Who reads and may then write takes `write`, and can `downgrade` its guard. |
//! | | `read_recursive` | parking_lot has it no more, but for a lock of its own. |
//! | | `ReentrantMutex`, `FairMutex`, `lock_arc`, `leak`, `data_ptr`, `force_unlock` | Who uses them seldom learns by it; the last three are `unsafe`, or as good as. |
//! | | `Once::state`, `poisoned`, `new_completed` | `Once` is that of `std`. |
//! | crossbeam | `after`, `at`, `tick` | `default(timeout)` in a selection, or a thread that sleeps, does it. |
//! | | `Select::ready` and its like | What is ready need not be so any more; `select` also performs it. |
//! | | in an exploration: attempts, and selections, that meet a selection which waits at a channel without room; operations between a choice and its completion, as in a message | The exploration gives up, and says so. |
//! | atomics | `as_ptr`, `from_ptr`, `get_mut` | loom has no reference to the value. |
//! | | `AtomicU128`, `AtomicI128` | `std` has none. |
//!
//! What a thread alone owns and what is never shared stays as it is: `Arc`, `Vec`, `Option` and the
//! rest come from the standard library.
//!
//! ```
//! # extern crate engine as kata;
//! # use kata::{explore::BackEnd, sync::BACK_ENDS};
//! # if BACK_ENDS.contains(&BackEnd::Loom) { return }
//! use kata::sync::{Mutex, channel, thread};
//!
//! let count = Mutex::new(0);
//! let (sender, receiver) = channel::bounded(2);
//! thread::scope(|scope| {
//!     for name in ["ping", "pong"] {
//!         let (count, sender) = (&count, sender.clone());
//!         scope.spawn(move || {
//!             *count.lock() += 1;
//!             sender.send(name).unwrap();
//!         });
//!     }
//!     // Without it the loop below would wait for a third message.
//!     drop(sender);
//!     for name in &receiver {
//!         println!("{name}");
//!     }
//! });
//! assert_eq!(count.into_inner(), 2);
//! ```
//!
//! In a program this is all there is to it. When a check explores your code, the same lock or
//! channel first waits for its thread's turn, and so every order of these operations can be tried:
//! each call here is one step of a timeline. A `std::sync::Mutex`, or a loop that waits for another
//! thread without giving way, is not seen and would hang the exploration: use what is here.

mod local;
// The one place that makes `kata::sync` of the primitives that it keeps from katas.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod locks;
mod select;
mod show;
pub use local::thread_local;
pub(crate) use show::show;

// The one place that makes `kata::sync` of the primitives that it keeps from katas.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
// Under loom nobody uses it, but it has to compile all the same.
#[cfg_attr(loom, allow(dead_code, unused_imports))]
pub(crate) mod engine;
#[cfg(not(loom))]
pub use self::engine::*;

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod barrier;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod lazy_lock;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod once;
pub use barrier::{Barrier, BarrierWaitResult};
pub use lazy_lock::LazyLock;
pub use once::{Once, OnceLock, OnceState};

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
#[cfg(loom)]
mod loom;
#[cfg(loom)]
pub use self::loom::*;

// Tasks are made of these.
#[allow(clippy::disallowed_types)]
pub mod task;

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
#[cfg(test)]
mod cases;
