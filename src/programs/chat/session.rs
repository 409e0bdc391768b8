//! One client of the server: a thread that listens to it, and one that delivers to it.

use super::FIN;
use super::framing::{Decoder, MAX_MESSAGE};
use super::socket::Connection;
use super::state::ServerState;
use crate::curriculum::relay::{Departure, Name, Relay};
use crate::sync::thread;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// Why nothing more is read from a client.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// It said so, hung up, or its connection broke.
    Client,
    /// Its message was too long.
    TooLong,
    /// The server stops.
    Server,
}

/// A client that has been let in.
pub(super) struct Session<R> {
    pub(super) state: Arc<ServerState<R>>,
    pub(super) name: Name,
    pub(super) socket: Arc<dyn Connection>,
}

impl<R: Relay> Session<R> {
    /// Lets a client in.
    pub(super) fn admit(
        state: &Arc<ServerState<R>>,
        socket: Arc<dyn Connection>,
        address: SocketAddr,
    ) -> Self {
        Session {
            name: state.join(Arc::clone(&socket), address),
            state: Arc::clone(state),
            socket,
        }
    }

    /// Lets a client in, and serves it on a thread of its own.
    pub(super) fn start(
        state: &Arc<ServerState<R>>,
        socket: Arc<dyn Connection>,
        address: SocketAddr,
    ) -> io::Result<thread::JoinHandle<()>> {
        let session = Session::admit(state, socket, address);
        let name = session.name;
        let thread = thread::Builder::new().name(name.to_string());
        let started = thread.spawn(move || {
            if let Err(error) = session.run() {
                session.state.print(format!("{} : {error}", session.name));
            }
            session.state.forget(session.name);
        });
        if started.is_err() {
            state.leave(name);
            state.relay.deliver(name);
            state.forget(name);
        }
        started
    }

    /// Serves the client until it has gone.
    ///
    /// # Errors
    /// If the system has no room for another thread; the client is sent away.
    pub(super) fn run(&self) -> io::Result<()> {
        let (state, socket, name) = (Arc::clone(&self.state), Arc::clone(&self.socket), self.name);
        let deliver = move || {
            let departure = state.relay.deliver(name);
            // Whoever listens to a client that nobody can be delivered to any more need not wait.
            if departure != Departure::Left {
                socket.stop_reading();
            }
            departure
        };
        let writer = thread::Builder::new().name(format!("{name} writer"));
        let writer = match writer.spawn(deliver) {
            Ok(writer) => writer,
            Err(error) => {
                self.state.leave(self.name);
                self.state.relay.deliver(self.name);
                self.socket.say_farewell(None, self.state.patience);
                return Err(error);
            }
        };
        let end = self.listen();
        self.socket.hurry();
        self.state.leave(self.name);
        let departure = writer.join().expect("delivering does not panic");
        self.part(end, departure);
        Ok(())
    }

    /// Reads the client's messages and passes them on.
    fn listen(&self) -> End {
        let mut decoder = Decoder::new(self.state.framing);
        let mut buffer = vec![0; MAX_MESSAGE];
        while let Ok(length @ 1..) = self.socket.read(&mut buffer) {
            for message in decoder.read(&buffer[..length]) {
                match message {
                    Err(_) => return End::TooLong,
                    Ok(text) if ends(&text) => return End::Client,
                    Ok(text) => self.state.say(self.name, &text),
                }
            }
        }
        if self.state.has_stopped() {
            return End::Server;
        }
        if let Some(text) = decoder.end().filter(|text| !ends(text)) {
            self.state.say(self.name, &text);
        }
        End::Client
    }

    /// Tells the client why, if it can still be told.
    fn part(&self, end: End, departure: Departure) {
        let name = self.name;
        let farewell = match (departure, end) {
            (Departure::Stalled, _) => {
                self.state
                    .print(format!("{name} lit trop lentement, connexion coupée."));
                return self.socket.cut();
            }
            (Departure::Lost, _) => return self.socket.cut(),
            (Departure::Left, End::Client) => None,
            (Departure::Left, End::Server) => Some(FIN.to_owned()),
            (Departure::Left, End::TooLong) => {
                self.state
                    .print(format!("Message de {name} trop long, connexion coupée."));
                Some(format!("Message trop long : {MAX_MESSAGE} octets au plus."))
            }
        };
        self.socket
            .say_farewell(farewell.as_deref(), self.state.patience);
    }
}

fn ends(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case(FIN)
}
