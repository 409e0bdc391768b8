#![doc = include_str!("README.md")]
// What it finds out is a value. Whoever asks for it prints, and decides when the process ends.
#![cfg_attr(
    not(test),
    deny(
        clippy::dbg_macro,
        clippy::exit,
        clippy::print_stderr,
        clippy::print_stdout
    )
)]
// Without the course nobody uses what only its harness needs of the explorer and the drawings.
#![cfg_attr(not(feature = "course"), allow(dead_code, unused_imports))]

// Solutions and slips are written as a learner would: `use kata::counter::Counter`.
extern crate self as kata;

#[cfg(feature = "course")]
pub mod curriculum;
pub mod diagnosis;
// The engine is made of what it keeps from katas: real locks, threads and clocks.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod explore;
#[cfg(feature = "course")]
pub mod harness;
// What it keeps is no part of what is explored.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod judge;
#[cfg(feature = "course")]
pub mod mistakes;
#[cfg(feature = "course")]
pub mod programs;
pub mod results;
#[cfg(feature = "course")]
mod stubs;
pub mod sync;
pub mod texts;
pub mod timeline;

// A learner's file says `kata::counter`.
#[cfg(feature = "course")]
pub use stubs::*;
