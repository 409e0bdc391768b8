//! The programs `dialogue-server` and `dialogue-client`: the kata `dialogue` over a socket, with somebody at
//! each keyboard.
//!
//! | to read in this order | |
//! |---|---|
//! | `station` | a keyboard and a screen, where somebody sits |
//! | [`server`] | one client after the other, with each of which somebody talks |
//! | [`client`] | one dialogue |

pub mod client;
pub mod server;
mod station;

#[cfg(all(test, not(loom)))]
mod tests;

/// Where the server listens, and clients look for it.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:50000";
