//! The programs `chat-server` and `chat-client`: the kata `relay` over sockets.
//!
//! A server's memory is bounded by its [`Settings`](server::Settings). A message is kept once,
//! however many it is for, and an outbox holds the latest ones only: so that all outboxes together
//! keep about as many messages as one of them can hold. Every client needs the memory of two
//! threads, and of the messages that it is sending and being sent. All in all at most
//!
//! > 2 × outbox × message + clients × (2 threads + outbox × text in hand + message)
//!
//! with messages of up to [`MAX_MESSAGE`](framing::MAX_MESSAGE) bytes.

pub mod client;
pub mod framing;
mod keyboard;
pub mod server;
mod session;
mod socket;
mod state;

#[cfg(all(test, not(loom)))]
mod tests;

/// Where the server listens, and clients look for it.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:46000";

/// What ends a client, or a server's clients, in any case of its letters.
pub const FIN: &str = "fin";
