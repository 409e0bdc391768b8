//! Judges what calls have answered by what the object promises.
//!
//! A promise is a [`Specification`]: what one call after the other does. Threads call at the same
//! time, so their calls overlap. The promise is kept if the calls are *linearizable* (Herlihy and
//! Wing, 1990): if some order of them, in which each has its moment between its beginning and its
//! return, explains all the answers. Calls that wait for ever need a reason to wait in that order.
//!
//! To check a type of one's own takes a model of it, and some sessions:
//!
//! ```
//! # extern crate engine as kata;
//! # if kata::sync::BACK_ENDS.contains(&kata::explore::BackEnd::Loom) { return }
//! use kata::explore::{BackEnd, Options};
//! use kata::judge::{Model, Session, check};
//! use kata::sync::{Mutex, explore};
//! use kata::timeline::Explanation;
//!
//! // A stack of numbers: `Some(n)` pushes, `None` pops.
//! let model = Model::new(vec![], |stack: &mut Vec<u8>, push: &Option<u8>| match push {
//!     Some(item) => { stack.push(*item); Some(None) }
//!     None => Some(stack.pop()),
//! });
//! let sessions = [Session::of([vec![Some(1), None], vec![Some(2)]])];
//! let check = check("a_stack", "Last in, first out.", model, sessions, Mutex::<Vec<u8>>::default, |mine, push| {
//!     if let Some(item) = push { mine.lock().push(item); return None }
//!     if mine.lock().is_empty() { None } else { Some(mine.lock().remove(0)) }
//! });
//! let verdict = explore(&check, BackEnd::Exhaustive, &Options::default());
//! let told = Explanation::of(verdict.failure().expect("it is a queue")).what();
//! assert!(told.starts_with("no order of these calls explains what they answered"), "{told}");
//! ```
//!
//! | to read in this order | |
//! |---|---|
//! | [`specification`] | what one call after the other does |
//! | [`history`] | what the calls of one execution have answered |
//! | [`linearization`] | the search for an order, and what is to blame if there is none |
//! | `orders` | all histories of the executions that one execution stands for |
//! | `told` | a history that is refused, in words |
//! | [`recorder`] | the calls of a scenario, recorded and judged |
//! | [`session`] | checks made of a specification and of sessions |
//! | [`words`], [`grammar`] | all sessions that can be made of some calls |
//!
//! # What is judged
//!
//! The reduction tries one execution of each class: those that differ only in the order of
//! independent operations. Beginnings and returns depend on nothing, so that the histories of one
//! class differ in their order. `orders` judges all of them. Where no reduction is made, so that
//! these executions come by themselves, each is judged for itself; and so it is under loom, which
//! tells nothing of the order in which its operations depend on each other. There a load can be stale in
//! that order, so that only types made of locks and channels are judged rightly.

pub mod grammar;
pub mod history;
pub mod linearization;
mod orders;
pub mod recorder;
pub mod session;
pub mod specification;
mod told;
pub mod words;

pub use grammar::Grammar;
pub use history::{CallId, Event, History};
pub use linearization::{Blame, judge};
pub use recorder::Recorder;
pub use session::{Session, check};
pub use specification::{Model, Outcome, Specification};
pub use words::Words;

#[cfg(test)]
mod tests;
