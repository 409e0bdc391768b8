//! Concurrency katas: learn to write correct concurrent code, checked over all interleavings.
//!
//! The modules, in reading order. Arrows run one way: a module uses only those above it.
//!
//! | module | what it is |
//! |---|---|
//! | [`sync`] | locks, channels, atomics, threads: what katas are written with |
//! | [`explore`] | the explorer, which runs a scenario under every order of its operations |
//! | [`diagnosis`] | what happened in a failing execution, by its name |
//! | [`timeline`] | a failing execution, drawn with one column per thread |
//! | [`curriculum`] | the katas: contract, checks, solution, slips |
//! | [`mistakes`] | what can be seen in a learner's file without running it |
//! | [`results`] | what comes of checks, as processes hand it to each other |
//! | [`harness`] | a kata's checks as tests |
//! | `stubs` | what the learners' files see of all that |
//! | [`programs`] | runnable programs on the verified solutions |
//!
//! (`sync` asks `explore` for turns, and `explore` never looks at `sync`. Solutions and slips name their
//! contract as learners do, `kata::counter::Counter`, and so by way of `stubs`.) The command `kata` uses
//! all of these; nothing uses the command.

// Solutions and slips are written as a learner would: `use kata::counter::Counter`.
extern crate self as kata;

pub mod curriculum;
pub mod diagnosis;
// The engine is made of what it keeps from katas: real locks, threads and clocks.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod explore;
pub mod harness;
pub mod mistakes;
pub mod programs;
pub mod results;
mod stubs;
pub mod sync;
pub mod timeline;

// A learner's file says `kata::counter`.
pub use stubs::*;
