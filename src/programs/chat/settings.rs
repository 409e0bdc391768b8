//! What bounds a server.

use crate::programs::kit::framing::Framing;
use crate::sync::time::Duration;

/// What bounds a server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What a message is.
    pub framing: Framing,
    /// How many texts can wait for a client; who speaks waits for room. From 1 to [`MOST_TEXTS`].
    pub outbox: usize,
    /// How many clients there can be at a time; the next one is sent away. Up to [`MOST_CLIENTS`].
    pub clients: usize,
    /// How long a client may take nothing while others wait for it; and how long farewells may take,
    /// all in all.
    pub patience: Duration,
}

/// The largest outbox: there must be memory for as many messages.
pub const MOST_TEXTS: usize = 65_536;

/// The most clients at a time: no address has more ports.
pub const MOST_CLIENTS: usize = 65_536;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            framing: Framing::Lines,
            outbox: 1024,
            clients: 4096,
            patience: Duration::from_secs(5),
        }
    }
}
