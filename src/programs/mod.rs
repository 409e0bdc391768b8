//! The runnable programs. They use the katas' solutions, with real threads.

pub mod counter;
pub mod players;
pub mod stock;
