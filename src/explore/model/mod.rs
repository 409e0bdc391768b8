//! What is run, what happens in it, and what is said of it: data, which does nothing.
//!
//! | to read in this order | |
//! |---|---|
//! | `response`, [`operation`], `parts`, `update`, [`seen`], [`record`] | how operations end, what tasks do, of which calls that is a part, what updates make of values, which values are seen, and the record of an execution |
//! | [`task_set`], [`options`], `budget`, [`token`] | sets of tasks; what whoever explores decides; the bounds of an execution; its schedule, in writing |
//! | `path`, [`verdict`], `verb` | paths as they may be told; what comes of it; what operations are called where people read of them |
//! | [`objects`], `perform`, `looks`, `task`, `locals` | the objects of an execution and what changes them, its tasks, and values of which each task has its own |
//! | `calls`, [`scenario`], [`check`] | the calls that are judged; what is run, and the property that it checks |
//!
//! Nothing here imports anything else of the explorer.

pub mod budget;
pub(crate) mod calls;
pub mod check;
pub(crate) mod locals;
pub(crate) mod looks;
pub(crate) mod objects;
pub mod operation;
pub mod options;
mod parts;
pub(crate) mod path;
mod perform;
pub mod record;
mod response;
pub mod scenario;
pub mod seen;
pub(crate) mod task;
pub(crate) mod task_set;
pub mod token;
pub(crate) mod update;
mod verb;
pub mod verdict;
