//! The programs `stock-server` and `stock-client`: a wine shop on the network.

pub mod client;
mod connection;
mod log;
pub mod server;
mod wire;

#[cfg(test)]
mod tests;

/// Where the server listens, and the client connects, unless another address is named.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:46001";

/// How many bottles there are unless another number is named.
pub const DEFAULT_STOCK: u32 = 300;
