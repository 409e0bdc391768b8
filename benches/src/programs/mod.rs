//! The gallery: small programs with one famous fault each.
//!
//! They come from SCTBench (Thomson, Donaldson and Betts, *Concurrency Testing Using Schedule
//! Bounding: an Empirical Study*, PPoPP 2014), which gathered them from the makers of testing
//! tools; most are the `CS` set of the ESBMC project. What these leave as plain shared variables
//! is an atomic here, sequentially consistent, and what they declare as an atomic section is a
//! mutex. Where an original reads a variable twice, so does the program here: every access is a
//! place at which threads can switch.
//!
//! Each program is a function that makes a [`Scenario`]; threads come in
//! the order in which the original creates them.

pub mod account;
pub mod bluetooth_driver;
pub mod bounded_buffer;
pub mod carter01;
pub mod circular_buffer;
pub mod deadlock01;
pub mod dining_philosophers;
pub mod lazy01;
pub mod models;
pub mod queue;
pub mod reorder;
pub mod speed;
pub mod stringbuffer;
#[cfg(not(loom))]
pub mod tasks;
pub mod token_ring;
pub mod twostage;
pub mod wronglock;

use super::sync::{self, Scenario};

/// A program of the gallery: its name, and what makes its scenario.
pub type Program = (&'static str, fn() -> Scenario);

/// All programs of the gallery.
pub const GALLERY: &[Program] = &[
    ("account", account::scenario),
    ("bluetooth_driver", bluetooth_driver::scenario),
    ("bounded_buffer", bounded_buffer::scenario),
    ("carter01", carter01::scenario),
    ("circular_buffer", circular_buffer::scenario),
    ("deadlock01", deadlock01::scenario),
    ("dining_philosophers", dining_philosophers::scenario),
    ("lazy01", lazy01::scenario),
    ("queue", queue::scenario),
    ("reorder_5", reorder::with_5_threads),
    ("reorder_100", reorder::with_100_threads),
    ("stringbuffer", stringbuffer::scenario),
    ("token_ring", token_ring::scenario),
    ("twostage", twostage::with_2_threads),
    ("twostage_100", twostage::with_100_threads),
    ("wronglock", wronglock::scenario),
];
