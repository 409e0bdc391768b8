//! `chat-server`: two threads for each client, and one for the screen.

use super::session::Session;
use super::socket::Socket;
use super::state::ServerState;
use crate::curriculum::relay::Relay;
use crate::curriculum::relay::solution::Switchboard;
use crate::sync::atomic::AtomicBool;
use crate::sync::channel;
use crate::sync::thread;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

pub use super::state::{Settings, ShutdownHandle};

/// A server that listens, but lets nobody in yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shutdown: ShutdownHandle,
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
        let shutdown = ShutdownHandle {
            address: reachable,
            is_closed: Arc::new(AtomicBool::new(false)),
        };
        Ok(Server {
            listener,
            address,
            shutdown,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How to stop it.
    pub fn shutdown(&self) -> ShutdownHandle {
        self.shutdown.clone()
    }

    /// Lets clients in until the server is shut down and all of them are gone. Prints who comes, what
    /// is said and who goes, in the order in which all clients see it.
    ///
    /// # Errors
    /// If `screen` fails, in the end.
    pub fn serve(self, settings: &Settings, screen: impl Write + Send) -> io::Result<()> {
        self.serve_with(Switchboard::new(settings.outbox, settings.patience), settings, screen)
    }

    fn serve_with<R: Relay>(
        self,
        relay: R,
        settings: &Settings,
        mut screen: impl Write + Send,
    ) -> io::Result<()> {
        let (lines, printed) = channel::bounded::<String>(SCREEN);
        let state = Arc::new(ServerState::new(
            relay,
            settings,
            self.shutdown.clone(),
            lines,
        ));
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
            state.print("Serveur prêt, en attente de requêtes ...".to_owned());
            let sessions = self.accept_clients(&state, settings);
            state.disconnect_all();
            for session in sessions {
                // One that panicked has been reported, and concerns nobody else.
                let _ = session.join();
            }
            drop(state);
            printer.join().expect("printing does not panic")
        })
    }

    /// Starts a session for each client that comes, until the server is shut down.
    fn accept_clients<R: Relay>(
        &self,
        state: &Arc<ServerState<R>>,
        settings: &Settings,
    ) -> Vec<thread::JoinHandle<()>> {
        let mut sessions: Vec<thread::JoinHandle<()>> = Vec::new();
        loop {
            let accepted = self.listener.accept();
            if state.has_stopped() {
                return sessions;
            }
            sessions.retain(|session| !session.is_finished());
            let started = accepted.and_then(|(stream, address)| {
                let socket = Socket::new(stream, settings.framing, settings.patience)?;
                if sessions.len() >= settings.clients {
                    socket.refuse("Serveur complet.");
                    return Ok(None);
                }
                Session::start(state, Arc::new(socket), address).map(Some)
            });
            match started {
                Ok(session) => sessions.extend(session),
                // Errors of `accept` concern one client, or pass: go on after a short time.
                Err(_) => thread::sleep(Duration::from_millis(10)),
            }
        }
    }
}
