//! The server's core without sockets: connections in memory, and a clock that is moved by hand.

// A line is nobody's operation: explorers must not see it.
#![allow(clippy::disallowed_types)]

use crate::curriculum::relay::Name;
use crate::programs::chat::hall::{Hall, Outputs};
use crate::programs::chat::session::Connection;
use crate::programs::chat::settings::Settings;
use crate::programs::kit::printer::{Printed, Printer};
use crate::programs::kit::tests::{Remote, Screen, TOO_LONG, World};
use crate::sync::time::{Duration, Instant};
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind};
use std::net::{Shutdown, SocketAddr};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard};

/// Where everybody comes from.
pub fn somewhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 50512))
}

/// Everything but the sockets.
#[derive(Clone)]
pub struct Core(Rc<RefCell<State>>);

struct State {
    hall: Hall<Line>,
    clients: HashMap<Name, Line>,
    outputs: Outputs,
    now: Instant,
    screen: Screen,
    notices: Screen,
}

impl Core {
    pub fn new(settings: &Settings) -> Self {
        let (screen, notices) = (Screen::new(), Screen::new());
        let start = |screen: &Screen| Printer::start(screen.clone(), |_| ()).unwrap();
        let outputs = Outputs {
            screen: vec![start(&screen)],
            notices: start(&notices),
        };
        outputs.print("Serveur prêt, en attente de requêtes ...");
        Core(Rc::new(RefCell::new(State {
            hall: Hall::new(settings, outputs.clone()),
            clients: HashMap::new(),
            outputs,
            now: Instant::now(),
            screen,
            notices,
        })))
    }

    pub fn connect(&self) -> Client {
        let state = &mut *self.0.borrow_mut();
        let line = Line::default();
        let name = state.hall.admit(somewhere(), line.clone());
        state.clients.insert(name, line.clone());
        state.settle();
        let core = self.clone();
        Client { line, core }
    }

    /// Lets the time pass.
    pub fn pass(&self, time: Duration) {
        let state = &mut *self.0.borrow_mut();
        state.now += time;
        state.settle();
    }

    pub fn notices(&self) -> Screen {
        self.0.borrow().notices.clone()
    }

    /// The server is told to stop.
    pub fn close(&self) {
        let state = &mut *self.0.borrow_mut();
        state.hall.close(state.now);
        state.settle();
    }

    pub fn is_over(&self) -> bool {
        let state = self.0.borrow();
        state.hall.is_over(state.now)
    }

    /// Whatever was to happen at some time of the clock happens. False if there was nothing.
    fn skip(&self) -> bool {
        let state = &mut *self.0.borrow_mut();
        let next = state.hall.next_turn(state.now);
        state.now = next.unwrap_or(state.now);
        state.settle();
        next.is_some()
    }
}

impl State {
    /// Does all that can be done before the clock moves.
    fn settle(&mut self) {
        settle(&mut self.hall, &self.clients, self.now);
    }
}

/// Does all that can be done before the clock moves.
pub fn settle(hall: &mut Hall<Line>, clients: &HashMap<Name, Line>, now: Instant) {
    loop {
        hall.turn(now);
        for (name, line) in clients {
            let (is_readable, is_writable) = line.news();
            if is_readable || is_writable {
                hall.is_ready(*name, is_readable, is_writable);
            }
        }
        if hall.is_over(now) || hall.next_turn(now).is_none_or(|next| next > now) {
            return;
        }
    }
}

impl World for Core {
    fn join(&mut self) -> Box<dyn Remote> {
        Box::new(self.connect())
    }

    fn screen(&self) -> Screen {
        self.0.borrow().screen.clone()
    }

    fn stop(&mut self) {
        self.close();
        while !self.is_over() && self.skip() {}
        let outputs = self.0.borrow().outputs.clone();
        let soon = Instant::now() + TOO_LONG;
        assert_eq!(outputs.screen[0].close(soon), Printed::All);
    }
}

/// A connection in memory, both ends of it.
#[derive(Clone, Default)]
pub struct Line(Arc<Mutex<Ends>>);

#[derive(Default)]
struct Ends {
    sent: VecDeque<Vec<u8>>,
    /// What each write has brought.
    received: Vec<Vec<u8>>,
    /// How many bytes the client's end takes, if that is limited.
    room: Option<usize>,
    /// Nothing more comes from the client.
    has_hung_up: bool,
    /// Nothing more goes to the client.
    is_closed: bool,
    /// What the server's end has not been told yet.
    is_readable: bool,
    is_writable: bool,
}

impl Line {
    fn ends(&self) -> MutexGuard<'_, Ends> {
        self.0.lock().expect("no panic")
    }

    fn news(&self) -> (bool, bool) {
        let mut ends = self.ends();
        let ends = &mut *ends;
        let is_readable = std::mem::take(&mut ends.is_readable);
        (is_readable, std::mem::take(&mut ends.is_writable))
    }

    pub fn send(&self, bytes: &[u8]) {
        let mut ends = self.ends();
        ends.sent.push_back(bytes.to_vec());
        ends.is_readable = true;
    }

    pub fn hang_up(&self) {
        let mut ends = self.ends();
        ends.has_hung_up = true;
        ends.is_readable = true;
    }

    /// Takes so much and no more.
    pub fn take(&self, room: usize) {
        let mut ends = self.ends();
        ends.room = Some(room);
        ends.is_writable = true;
    }

    /// What has arrived so far: lines, or where there are none, what each write has brought.
    pub fn heard(&self) -> Vec<String> {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let received = self.ends().received.clone();
        let all = text(received.concat());
        if all.contains('\n') {
            all.lines().map(str::to_owned).collect()
        } else {
            received.into_iter().map(text).collect()
        }
    }

    pub fn is_closed(&self) -> bool {
        self.ends().is_closed
    }
}

impl Connection for Line {
    // A read takes what one write of the client has brought.
    const SHORT_READ_IS_LAST: bool = false;

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut ends = self.ends();
        let Some(bytes) = ends.sent.front_mut() else {
            return if ends.has_hung_up {
                Ok(0)
            } else {
                Err(ErrorKind::WouldBlock.into())
            };
        };
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes[..length]);
        bytes.drain(..length);
        if bytes.is_empty() {
            ends.sent.pop_front();
        }
        Ok(length)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut ends = self.ends();
        let length = ends.room.unwrap_or(bytes.len()).min(bytes.len());
        if length == 0 {
            return Err(ErrorKind::WouldBlock.into());
        }
        ends.room = ends.room.map(|room| room - length);
        ends.received.push(bytes[..length].to_vec());
        Ok(length)
    }

    fn shutdown(&self, _how: Shutdown) {
        // A client that sees the end ends as well, unless it sees nothing at all.
        let mut ends = self.ends();
        ends.is_closed = true;
        ends.has_hung_up |= ends.room.is_none();
        ends.is_readable = true;
    }
}

/// A client's end.
pub struct Client {
    pub line: Line,
    core: Core,
}

impl Client {
    fn settle(&self) {
        self.core.0.borrow_mut().settle();
    }

    pub fn says(&self, text: &str) {
        self.line.send(format!("{text}\n").as_bytes());
        self.settle();
    }

    pub fn sends(&self, bytes: &[u8]) {
        self.line.send(bytes);
        self.settle();
    }

    pub fn takes(&self, room: usize) {
        self.line.take(room);
        self.settle();
    }
}

impl Remote for Client {
    fn send(&mut self, bytes: &[u8]) {
        self.sends(bytes);
    }

    fn hang_up(&mut self) {
        self.line.hang_up();
        self.settle();
    }

    fn stall(&mut self) {
        self.takes(0);
    }

    fn texts(&mut self, number: usize) -> io::Result<Vec<String>> {
        while self.line.heard().len() < number && !self.line.is_closed() {
            if !self.core.skip() {
                return Err(ErrorKind::TimedOut.into());
            }
        }
        Ok(self.line.heard())
    }
}
