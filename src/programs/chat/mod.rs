//! The programs `chat-server` and `chat-client`: the katas `relay` and `duplex` over sockets.
//!
//! A server has one thread for all its clients, which never waits for any of them, and one for each
//! place where lines are printed.
//!
//! Its memory is bounded by its [`Settings`](server::Settings). A message is kept once, however many
//! it is for, and who speaks faster than the others read waits: so all outboxes together keep about
//! as many messages as one of them can hold. Of a client there is besides, as bytes, what it is being
//! sent, 64 KiB and a message, and what has been read of it, a message and 64 KiB. Of each output
//! there are 4 MiB of lines that wait or are being printed. The room for each is at most twice as
//! much. All in all at most
//!
//! > 2 × outbox × message + clients × (outbox × 16 bytes + 9 × message) + outputs × 8 MiB
//!
//! with messages of up to 64 KiB ([`MAX_MESSAGE`](super::kit::framing::MAX_MESSAGE)), and two or three outputs.
//! An idle client takes less than a KiB.

pub mod client;
#[cfg(not(loom))]
mod hall;
pub mod link;
// Sockets are waited for by `mio`, and nothing of that can be explored.
#[cfg(not(loom))]
mod rest;
#[cfg(not(loom))]
pub mod server;
#[cfg(not(loom))]
mod session;
pub mod settings;

#[cfg(all(test, not(loom)))]
mod tests;

/// Where the server listens, and clients look for it.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:46000";

/// What ends a client, or a server's clients, in any case of its letters.
pub const FIN: &str = "fin";
