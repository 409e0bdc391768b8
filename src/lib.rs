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

// Solutions and slips are written as a learner would: `use kata::counter::Counter`.
extern crate self as kata;

pub mod curriculum;
pub mod harness;
pub mod mistakes;
pub mod programs;
mod stubs;

#[doc(inline)]
pub use engine::{diagnosis, explore, judge, results, sync, texts, timeline};
pub use engine::{noun, text, told_later};

// A learner's file says `kata::counter`.
pub use stubs::*;
