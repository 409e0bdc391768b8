//! The runnable programs. They use the katas' solutions, with real threads.

pub mod chat;
pub mod counter;
pub mod daemon;
pub mod dialogue;
pub mod echo;
pub mod kit;
pub mod night;
pub mod periodic;
pub mod ping_pong;
pub mod players;
pub mod scan;
pub mod schedule_once;
pub mod stock;
pub mod tasks;
pub mod workers;
