//! Where the clients of the echo server come in, and are announced.

use crate::curriculum::echo::{Connection, Listener, NotAccepted};
use crate::programs::kit::calls::Calls;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::peer::Peer;
use crate::programs::kit::printer::Printer;
use crate::programs::kit::visible::Address;
use crate::sync::Mutex;
use std::io;
use std::sync::Arc;

/// Lets clients in, and prints who they are.
pub(super) struct Desk<C> {
    calls: C,
    framing: Framing,
    printer: Arc<Printer>,
    /// Why nobody can come in any more.
    failure: Mutex<Option<io::Error>>,
}

impl<C: Calls> Desk<C> {
    pub(super) fn new(calls: C, framing: Framing, printer: Arc<Printer>) -> Self {
        Desk {
            calls,
            framing,
            printer,
            failure: Mutex::new(None),
        }
    }

    /// Why nobody could come in any more, if it was not closed.
    pub(super) fn failure(&self) -> Option<io::Error> {
        self.failure.lock().take()
    }
}

impl<C: Calls> Listener for Desk<C> {
    fn accept(&self) -> Result<Arc<dyn Connection>, NotAccepted> {
        self.printer.line("Serveur à l'écoute…");
        let next = self.calls.next_call().unwrap_or_else(|failure| {
            *self.failure.lock() = Some(failure);
            None
        });
        let (line, peer) = next.ok_or(NotAccepted::Closed)?;
        let peer = Address(peer);
        self.printer.line(&format!("...connexion de :  {peer}"));
        Ok(Arc::new(Peer::new(line, self.framing)))
    }

    fn close(&self) {
        self.calls.close();
    }
}
