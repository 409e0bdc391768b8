//! `chat-server`: two threads for each client, and one for the screen.

use super::hall::Hall;
use super::session::Session;
use super::socket::Socket;
use crate::curriculum::relay::Relay;
use crate::curriculum::relay::solution::Switchboard;
use crate::sync::atomic::AtomicBool;
use crate::sync::channel;
use crate::sync::thread;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

pub use super::hall::{Door, Settings};

/// A server that listens, but lets nobody in yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    door: Door,
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
                Session::start(hall, Arc::new(socket), address).map(Some)
            });
            match started {
                Ok(session) => sessions.extend(session),
                // Errors of `accept` concern one client, or pass: go on after a short time.
                Err(_) => thread::sleep(Duration::from_millis(10)),
            }
        }
    }
}
