//! The runnable programs. They use the katas' solutions, with real threads.

pub mod chat;
pub mod counter;
pub mod ping_pong;
pub mod players;
mod printer;
pub mod stock;
mod threads;
pub mod visible;
