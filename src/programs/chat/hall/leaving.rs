//! How clients go.

use super::Hall;
use crate::curriculum::relay::{Name, Relay};
use crate::programs::chat::FIN;
use crate::programs::chat::session::{Connection, End, Phase};
use crate::programs::kit::framing::MAX_MESSAGE;
use crate::sync::time::Instant;

const TOO_LONG: &str = "Message trop long : 65536 octets au plus.";
const _: () = assert!(MAX_MESSAGE == 65536);

impl<C: Connection> Hall<C> {
    /// The client is there no more; what there is for it is still sent.
    pub(super) fn leave(&mut self, name: Name, end: End, now: Instant) {
        let session = self.sessions.get_mut(&name).expect("it is there");
        let gone_by = now + self.settings.patience;
        session.gone_by.get_or_insert(gone_by);
        self.timed.insert(name);
        if session.phase != Phase::Talking {
            return;
        }
        session.waiting = None;
        session.hint_at = None;
        session.phase = Phase::Leaving(match end {
            End::Client => None,
            End::Server => Some(FIN),
            End::TooLong => Some(TOO_LONG),
        });
        self.relay.leave(name);
        self.writers.insert(name);
        // Nobody has to wait for it any more.
        self.was_taken = true;
        self.outputs.print(&format!("Client {name} déconnecté."));
        if end == End::TooLong {
            let line = format!("Message de {name} trop long, connexion coupée.");
            self.outputs.print(&line);
        }
    }

    /// The connection is broken.
    pub(super) fn lose(&mut self, name: Name) {
        self.drop_client(name, None);
    }

    /// Ends a client's connection, whatever it is about.
    pub(super) fn drop_client(&mut self, name: Name, why: Option<&str>) {
        let Some(session) = self.sessions.remove(&name) else {
            return;
        };
        session.cut();
        self.relay.lose(name);
        self.was_taken = true;
        if session.phase == Phase::Talking {
            self.outputs.print(&format!("Client {name} déconnecté."));
        }
        if let Some(why) = why {
            self.outputs.print(&format!("{name} {why}"));
        }
    }
}
