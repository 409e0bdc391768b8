//! The program `echo-server`: the kata `echo` over sockets. Its clients are those of the chat.

mod connection;
mod desk;
pub mod server;

#[cfg(all(test, not(loom)))]
mod tests;

/// Where the server listens, and clients look for it.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:4567";
