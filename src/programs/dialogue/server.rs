//! `dialogue-server`: somebody who talks with one client after the other.

use super::station::{Keys, Signs, Station};
use crate::curriculum::dialogue::Dialogue;
use crate::curriculum::dialogue::solution::Turns;
use crate::programs::kit::calls::Calls;
use crate::programs::kit::entrance::{Entrance, Parting};
use crate::programs::kit::framing::Framing;
use crate::programs::kit::keyboard::{self, Keyboard, Stop};
use crate::programs::kit::peer::Peer;
use crate::sync::Mutex;
use crate::sync::time::Duration;
use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;

/// The client is not heard any more once the server ends. It can still be told so.
pub(super) const PARTING: Parting = Parting {
    patience: Duration::ZERO,
    closes: Shutdown::Read,
};

const SIGNS: Signs = Signs {
    prompt: "S> ",
    heard: "C> ",
};

/// A server that listens, and has not begun to serve.
pub struct Server {
    entrance: Entrance,
    keyboard: Keyboard,
    stop: Arc<Mutex<Option<Stop>>>,
}

impl Server {
    /// Listens at an address such as `127.0.0.1:50000`; port 0 is any free one.
    ///
    /// # Errors
    /// If nobody can listen there, says where and why; and those of the system.
    pub fn listen(address: &str) -> io::Result<Self> {
        let entrance = Entrance::open(address, PARTING)?;
        let (keyboard, stop) = keyboard::keyboard()?;
        Ok(Server {
            entrance,
            keyboard,
            stop: Arc::new(Mutex::new(Some(stop))),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.entrance.address()
    }

    /// What stops it, from another thread, whatever it waits for: the client is told, and the server
    /// ends.
    pub fn stop(&self) -> impl Fn() + Send + use<> {
        let (door, stop) = (Arc::clone(self.entrance.door()), Arc::clone(&self.stop));
        move || {
            drop(stop.lock().take());
            door.close();
        }
    }

    /// Talks with one client after the other, until whoever is at the keyboard has enough, or it is
    /// stopped.
    ///
    /// # Errors
    /// Those of the system, if no more clients can come, or nobody can type or read any more.
    pub fn serve(self, framing: Framing, out: impl Write + Send) -> io::Result<()> {
        serve(&self.entrance, framing, self.keyboard, out)
    }
}

/// The same, wherever clients call and whatever is typed on.
pub(super) fn serve(
    calls: &impl Calls,
    framing: Framing,
    keys: impl Keys,
    out: impl Write + Send,
) -> io::Result<()> {
    let station = Station::new(keys, out, SIGNS);
    loop {
        station.line("Serveur prêt, en attente de requêtes ...");
        if station.has_ended() {
            break;
        }
        let Some((line, peer)) = calls.next_call()? else {
            break;
        };
        let (ip, port) = (peer.ip(), peer.port());
        station.line(&format!("Client connecté, adresse IP {ip}, port {port}"));
        Turns::serve(&Peer::new(line, framing), &station);
        station.line("Connexion interrompue.");
        if !calls.is_open() {
            break;
        }
        let answer = station.question("<R>ecommencer <T>erminer ? ");
        if answer.is_none_or(|answer| answer.eq_ignore_ascii_case("t")) {
            break;
        }
    }
    station.end()
}
