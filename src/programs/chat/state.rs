//! Where the clients of the chat server meet.

use super::framing::Framing;
use super::socket::Connection;
use crate::curriculum::relay::{Name, Relay, Wire};
use crate::sync::Mutex;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::channel::Sender;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What bounds a server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What a message is.
    pub framing: Framing,
    /// How many texts can wait for a client before it is dropped; at least 1.
    pub outbox: usize,
    /// How many clients there can be at a time; the next one is sent away.
    pub clients: usize,
    /// How long a client that leaves may take nothing of what is left to be sent to it.
    pub patience: Duration,
}

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

/// How to stop a server from elsewhere.
#[derive(Clone, Debug)]
pub struct ShutdownHandle {
    pub(super) address: SocketAddr,
    pub(super) is_closed: Arc<AtomicBool>,
}

impl ShutdownHandle {
    /// Lets nobody in any more, and tells those who are there that it is over.
    pub fn close(&self) {
        self.is_closed.store(true, SeqCst);
        // The server waits for somebody to come.
        let _ = TcpStream::connect(self.address);
    }
}

/// Where clients meet: what all sessions share.
pub(super) struct ServerState<R> {
    pub(super) relay: R,
    pub(super) framing: Framing,
    pub(super) patience: Duration,
    shutdown: ShutdownHandle,
    /// Whoever prints what the relay does holds the lock from that deed to the line, so that the
    /// screen shows the order that all clients see.
    lines: Mutex<Sender<String>>,
    sessions: Mutex<BTreeMap<Name, Arc<dyn Connection>>>,
}

impl<R: Relay> ServerState<R> {
    pub(super) fn new(
        relay: R,
        settings: &Settings,
        shutdown: ShutdownHandle,
        lines: Sender<String>,
    ) -> Self {
        ServerState {
            relay,
            framing: settings.framing,
            patience: settings.patience,
            shutdown,
            lines: Mutex::new(lines),
            sessions: Mutex::default(),
        }
    }

    /// Lets a client in: what it is called.
    pub(super) fn join(&self, socket: Arc<dyn Connection>, address: SocketAddr) -> Name {
        let wire: Arc<dyn Wire> = Arc::<dyn Connection>::clone(&socket);
        let name = self.and_print(|| {
            let name = self.relay.join(wire);
            let (ip, port) = (address.ip(), address.port());
            let line = format!("Client {name} connecté, adresse IP {ip}, port {port}.");
            (name, line)
        });
        self.sessions.lock().insert(name, socket);
        name
    }

    /// The client's session is over.
    pub(super) fn forget(&self, client: Name) {
        self.sessions.lock().remove(&client);
    }

    pub(super) fn say(&self, speaker: Name, text: &str) {
        self.and_print(|| {
            self.relay.say(speaker, text);
            ((), format!("{speaker}> {text}"))
        });
    }

    pub(super) fn leave(&self, client: Name) {
        self.and_print(|| {
            self.relay.leave(client);
            ((), format!("Client {client} déconnecté."))
        });
    }

    pub(super) fn print(&self, line: String) {
        self.and_print(|| ((), line));
    }

    fn and_print<T>(&self, deed: impl FnOnce() -> (T, String)) -> T {
        let lines = self.lines.lock();
        let (value, line) = deed();
        // The printer listens as long as the state lives.
        let _ = lines.send(line);
        value
    }

    pub(super) fn has_stopped(&self) -> bool {
        self.shutdown.is_closed.load(SeqCst)
    }

    /// Ends every session, once nobody is let in any more.
    pub(super) fn disconnect_all(&self) {
        for socket in self.sessions.lock().values() {
            socket.stop_reading();
        }
    }
}
