//! The wire of the checks, of which each party has an end.
//!
//! Whoever waits here waits for one thing, which comes once: so it is one operation, at a channel. That
//! an end is deaf the channel knows as well: nobody is left there to receive.

use crate::curriculum::dialogue::contract::Closed;
use crate::sync::Mutex;
use crate::sync::channel::{self, Receiver, Sender};
use std::sync::Arc;

/// What a party says; nothing is the end.
type Said = Option<String>;

/// One end of a wire. Both ways are called `wire` where they are used, for that is what learners read.
pub(super) struct End {
    /// The way to the other end.
    to_wire: Sender<Said>,
    /// The way from there, as long as something may be heard: until this end is closed, or the other one
    /// is and that has been heard. Whoever waits there has it too.
    wire: Mutex<Option<Arc<Receiver<Said>>>>,
}

/// A wire, by its ends: the server's and the client's.
pub(super) fn wire() -> [End; 2] {
    // These names are read where nobody has sent or received yet.
    let to_server = channel::unbounded();
    let to_client = channel::unbounded();
    [(to_client.0, to_server.1), (to_server.0, to_client.1)].map(|(to_wire, wire)| End {
        to_wire,
        wire: Mutex::new(Some(Arc::new(wire))),
    })
}

impl End {
    /// Sends a text that is not empty. Who has closed this end must not.
    pub(super) fn send(&self, text: &str) -> Result<(), Closed> {
        let wire = &self.to_wire;
        wire.send(Some(text.to_owned())).map_err(|_| Closed)
    }

    /// Waits for the next text, or for the end.
    pub(super) fn receive(&self) -> Option<String> {
        let wire = self.wire.lock().clone()?;
        let said = wire.recv().ok().flatten();
        drop(wire);
        if said.is_none() {
            self.hears_no_more();
        }
        said
    }

    /// Closes the wire at this end, once.
    pub(super) fn close(&self) {
        self.hears_no_more();
        let wire = &self.to_wire;
        // Nobody needs to hear it who is gone.
        let _ = wire.send(None);
    }

    fn hears_no_more(&self) {
        // Without the lock: to let go of the last receiver is an operation of its own.
        let wire = self.wire.lock().take();
        drop(wire);
    }
}
