//! Tasks on their executor, and in explorations.
#![cfg(not(loom))]

mod explored;
mod natively;
