//! The wire of the checks, of which each party has an end.
//!
//! Whoever waits here waits for one thing, which comes once: so it is one operation, at a channel.

use crate::curriculum::dialogue::contract::Closed;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::channel::{self, Receiver, Sender};
use std::sync::Arc;

/// What a party says; nothing is the end.
type Said = Option<String>;

/// One end of a wire. Both ways are called `wire` where they are used, for that is what learners read.
pub(super) struct End {
    /// The way to the other end.
    to_wire: Sender<Said>,
    /// The way from there.
    wire: Receiver<Said>,
    /// Nothing more is heard here: this end is closed, or the other one is and that has been heard.
    is_deaf: Arc<AtomicBool>,
    other_is_deaf: Arc<AtomicBool>,
}

/// A wire, by its ends: the server's and the client's.
pub(super) fn wire() -> [End; 2] {
    // These names are read where nobody has sent or received yet.
    let to_server = channel::unbounded();
    let to_client = channel::unbounded();
    let deaf: [Arc<AtomicBool>; 2] = Default::default();
    let [server, client] = &deaf;
    [
        End {
            to_wire: to_client.0,
            wire: to_server.1,
            is_deaf: Arc::clone(server),
            other_is_deaf: Arc::clone(client),
        },
        End {
            to_wire: to_server.0,
            wire: to_client.1,
            is_deaf: Arc::clone(client),
            other_is_deaf: Arc::clone(server),
        },
    ]
}

impl End {
    /// Sends a text that is not empty. Who has closed this end must not.
    pub(super) fn send(&self, text: &str) -> Result<(), Closed> {
        if self.other_is_deaf.load(Ordering::SeqCst) {
            return Err(Closed);
        }
        let wire = &self.to_wire;
        wire.send(Some(text.to_owned())).map_err(|_| Closed)
    }

    /// Waits for the next text, or for the end.
    pub(super) fn receive(&self) -> Option<String> {
        if self.is_deaf.load(Ordering::SeqCst) {
            return None;
        }
        let said = self.wire.recv().ok().flatten();
        if said.is_none() {
            self.is_deaf.store(true, Ordering::SeqCst);
        }
        said
    }

    /// Closes the wire at this end, once.
    pub(super) fn close(&self) {
        self.is_deaf.store(true, Ordering::SeqCst);
        let wire = &self.to_wire;
        // Nobody needs to hear it who is gone.
        let _ = wire.send(None);
    }
}
