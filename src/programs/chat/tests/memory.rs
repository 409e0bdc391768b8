//! The server's core without sockets: connections in memory.

use super::play::{Remote, World};
use super::{Screen, TOO_LONG};
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Broken, Relay, Text, Wire};
use crate::programs::chat::server::Server;
use crate::programs::chat::session::Session;
use crate::programs::chat::socket::Connection;
use crate::programs::chat::state::{ServerState, Settings, ShutdownHandle};
use crate::sync::time::Duration;
use crate::sync::{Condvar, Mutex, channel, thread};
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

/// Why there is a server.
const RUNNING: &str = "it is stopped once";

/// Everything but the sockets.
pub struct Core {
    state: Option<Arc<ServerState<Switchboard>>>,
    printer: Option<thread::JoinHandle<()>>,
    shutdown: ShutdownHandle,
    sessions: Vec<thread::JoinHandle<()>>,
    screen: Screen,
}

impl Core {
    pub fn new(settings: &Settings) -> Self {
        let (lines, printed) = channel::unbounded::<String>();
        let screen = Screen::new();
        let copy = screen.clone();
        let printer =
            thread::spawn(move || printed.iter().for_each(|line| copy.print(&(line + "\n"))));
        let shutdown = Server::listen("127.0.0.1:0").unwrap().shutdown();
        let relay = Switchboard::new(settings.outbox, settings.patience);
        let state = ServerState::new(relay, settings, shutdown.clone(), lines);
        state.print("Serveur prêt, en attente de requêtes ...".to_owned());
        Core {
            state: Some(Arc::new(state)),
            printer: Some(printer),
            shutdown,
            sessions: Vec::new(),
            screen,
        }
    }
}

impl World for Core {
    fn join(&mut self) -> Box<dyn Remote> {
        let line = Arc::new(Line::default());
        let address = SocketAddr::from(([127, 0, 0, 1], 50512));
        let state = self.state.as_ref().expect(RUNNING);
        let session = Session::start(state, Arc::clone(&line) as _, address);
        self.sessions.push(session.unwrap());
        Box::new(line)
    }

    fn screen(&self) -> &Screen {
        &self.screen
    }

    fn stop(&mut self) {
        self.shutdown.close();
        let state = self.state.take().expect(RUNNING);
        state.disconnect_all();
        for session in self.sessions.drain(..) {
            session.join().unwrap();
        }
        drop(state);
        let printer = self.printer.take().expect(RUNNING);
        printer.join().unwrap();
    }
}

/// A connection in memory, both ends of it.
#[derive(Default)]
pub struct Line {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    sent: VecDeque<Vec<u8>>,
    received: Vec<String>,
    is_stalled: bool,
    /// Nothing more comes from the client.
    has_hung_up: bool,
    /// Nothing more goes to the client.
    is_closed: bool,
}

impl Line {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock());
        self.changed.notify_all();
    }
}

impl Wire for Line {
    fn write(&self, texts: &[Text]) -> Result<(), Broken> {
        let mut state = self.state.lock();
        self.changed
            .wait_while(&mut state, |state| state.is_stalled && !state.is_closed);
        if state.is_closed {
            return Err(Broken);
        }
        state.received.extend(texts.iter().map(ToString::to_string));
        drop(state);
        self.changed.notify_all();
        Ok(())
    }

    fn cut(&self) {
        self.change(|state| {
            state.is_closed = true;
            state.has_hung_up = true;
        });
    }
}

impl Connection for Line {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut state = self.state.lock();
        self.changed.wait_while(&mut state, |state| {
            state.sent.is_empty() && !state.has_hung_up
        });
        let Some(bytes) = state.sent.front_mut() else {
            return Ok(0);
        };
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes[..length]);
        bytes.drain(..length);
        if bytes.is_empty() {
            state.sent.pop_front();
        }
        Ok(length)
    }

    fn stop_reading(&self) {
        self.change(|state| state.has_hung_up = true);
    }

    fn hurry(&self) {}

    fn say_farewell(&self, farewell: Option<&str>, _patience: Duration) {
        let texts: Vec<Text> = farewell.map(Text::from).into_iter().collect();
        let _ = self.write(&texts);
        self.cut();
    }
}

impl Remote for Arc<Line> {
    fn send(&mut self, bytes: &[u8]) {
        self.change(|state| state.sent.push_back(bytes.to_vec()));
    }

    fn hang_up(&mut self) {
        self.stop_reading();
    }

    fn stall(&mut self) {
        self.change(|state| state.is_stalled = true);
    }

    fn texts(&mut self, number: usize) -> io::Result<Vec<String>> {
        let mut state = self.state.lock();
        let is_short = |state: &mut State| state.received.len() < number && !state.is_closed;
        let waited = self.changed.wait_while_for(&mut state, is_short, TOO_LONG);
        if waited.timed_out() {
            return Err(io::Error::from(ErrorKind::TimedOut));
        }
        Ok(state.received.clone())
    }
}
