//! `chat-server`: two threads for each client, and one for the screen.

use super::framing::Framing;
use super::session::Session;
use super::socket::{Connection, Socket};
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Name, Relay, Wire};
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::channel::{self, Sender};
use crate::sync::{Mutex, thread};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
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

/// A server that listens, but lets nobody in yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    door: Door,
}

/// How to stop a server from elsewhere.
#[derive(Clone, Debug)]
pub struct Door {
    pub(super) address: SocketAddr,
    pub(super) is_closed: Arc<AtomicBool>,
}

impl Door {
    /// Lets nobody in any more, and tells those who are there that it is over.
    pub fn close(&self) {
        self.is_closed.store(true, SeqCst);
        // The server waits for somebody to come.
        let _ = TcpStream::connect(self.address);
    }
}

/// Lines of the screen that can wait for whoever prints them.
const SCREEN: usize = 1024;

impl Server {
    /// Listens at this address.
    ///
    /// # Errors
    /// If the address is none, or taken.
    pub fn listen(address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let mut reachable = address;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => reachable.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => reachable.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        let door = Door {
            address: reachable,
            is_closed: Arc::new(AtomicBool::new(false)),
        };
        Ok(Server {
            listener,
            address,
            door,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How to stop it.
    pub fn door(&self) -> Door {
        self.door.clone()
    }

    /// Lets clients in until the door is closed and all of them are gone. Prints who comes, what
    /// is said and who goes, in the order in which all clients see it.
    ///
    /// # Errors
    /// If `screen` fails, in the end.
    pub fn serve(self, settings: &Settings, screen: impl Write + Send) -> io::Result<()> {
        self.serve_with(Switchboard::new(settings.outbox), settings, screen)
    }

    fn serve_with<R: Relay>(
        self,
        relay: R,
        settings: &Settings,
        mut screen: impl Write + Send,
    ) -> io::Result<()> {
        let (lines, printed) = channel::bounded::<String>(SCREEN);
        let hall = Arc::new(Hall::new(relay, settings, self.door.clone(), lines));
        thread::scope(|scope| {
            let printer = scope.spawn(move || {
                let mut result = Ok(());
                for line in &printed {
                    // Those who talk must not have to stop because nobody listens here.
                    result = result.and_then(|()| {
                        writeln!(screen, "{line}")?;
                        screen.flush()
                    });
                }
                result
            });
            hall.print("Serveur prêt, en attente de requêtes ...".to_owned());
            let sessions = self.let_in(&hall, settings);
            hall.send_away();
            for session in sessions {
                // One that panicked has been reported, and concerns nobody else.
                let _ = session.join();
            }
            drop(hall);
            printer.join().expect("printing does not panic")
        })
    }

    /// Starts a session for each client that comes, until the door is closed.
    fn let_in<R: Relay>(
        &self,
        hall: &Arc<Hall<R>>,
        settings: &Settings,
    ) -> Vec<thread::JoinHandle<()>> {
        let mut sessions: Vec<thread::JoinHandle<()>> = Vec::new();
        loop {
            let accepted = self.listener.accept();
            if hall.has_stopped() {
                return sessions;
            }
            sessions.retain(|session| !session.is_finished());
            let started = accepted.and_then(|(stream, address)| {
                let socket = Socket::new(stream, settings.framing, settings.patience)?;
                if sessions.len() >= settings.clients {
                    socket.refuse("Serveur complet.");
                    return Ok(None);
                }
                hall.receive(Arc::new(socket), address).map(Some)
            });
            match started {
                Ok(session) => sessions.extend(session),
                // This client, or this moment, was not a good one: the next may be.
                Err(_) => thread::sleep(Duration::from_millis(10)),
            }
        }
    }
}

/// Where clients meet: what all sessions share.
pub(super) struct Hall<R> {
    pub(super) relay: R,
    pub(super) framing: Framing,
    pub(super) patience: Duration,
    door: Door,
    /// Whoever prints what the relay does holds the lock from that deed to the line, so that the
    /// screen shows the order that all clients see.
    lines: Mutex<Sender<String>>,
    sessions: Mutex<BTreeMap<Name, Arc<dyn Connection>>>,
}

impl<R: Relay> Hall<R> {
    pub(super) fn new(relay: R, settings: &Settings, door: Door, lines: Sender<String>) -> Self {
        Hall {
            relay,
            framing: settings.framing,
            patience: settings.patience,
            door,
            lines: Mutex::new(lines),
            sessions: Mutex::default(),
        }
    }

    /// Lets a client in.
    pub(super) fn admit(
        self: &Arc<Self>,
        socket: Arc<dyn Connection>,
        address: SocketAddr,
    ) -> Session<R> {
        let wire: Arc<dyn Wire> = Arc::<dyn Connection>::clone(&socket);
        let name = self.and_print(|| {
            let name = self.relay.join(wire);
            let (ip, port) = (address.ip(), address.port());
            let line = format!("Client {name} connecté, adresse IP {ip}, port {port}.");
            (name, line)
        });
        self.sessions.lock().insert(name, Arc::clone(&socket));
        Session {
            hall: Arc::clone(self),
            name,
            socket,
        }
    }

    /// Lets a client in, and starts its session.
    pub(super) fn receive(
        self: &Arc<Self>,
        socket: Arc<dyn Connection>,
        address: SocketAddr,
    ) -> io::Result<thread::JoinHandle<()>> {
        let session = self.admit(socket, address);
        let name = session.name;
        let thread = thread::Builder::new().name(name.to_string());
        let started = thread.spawn(move || {
            if let Err(error) = session.run() {
                session.hall.print(format!("{} : {error}", session.name));
            }
            session.hall.sessions.lock().remove(&session.name);
        });
        if started.is_err() {
            self.leave(name);
            self.relay.deliver(name);
            self.sessions.lock().remove(&name);
        }
        started
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
        // The printer listens as long as the hall is there.
        let _ = lines.send(line);
        value
    }

    pub(super) fn has_stopped(&self) -> bool {
        self.door.is_closed.load(SeqCst)
    }

    /// Ends every session, once nobody is let in any more.
    pub(super) fn send_away(&self) {
        for socket in self.sessions.lock().values() {
            socket.stop_reading();
        }
    }
}
