//! The engine: what explores concurrent code, judges it, and explains what fails.
//!
//! The crate `kata` hands on all of this, with the course; its page has the map.

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

pub mod diagnosis;
// The engine is made of what it keeps from katas: real locks, threads and clocks.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod explore;
// What it keeps is no part of what is explored.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod judge;
pub mod results;
pub mod sync;
pub mod texts;
pub mod timeline;
