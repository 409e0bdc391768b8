//! The server without sockets: calls and lines in memory. What is done to them is seen by explorers.

use crate::curriculum::echo::EchoServer;
use crate::curriculum::echo::solution::Threads;
use crate::programs::echo::connection::Line;
use crate::programs::echo::desk::{Calls, Desk};
use crate::programs::kit::framing::{Decoder, Framing};
use crate::programs::kit::printer::{Printed, Printer};
use crate::programs::kit::tests::{Remote, Screen, TOO_LONG, World};
use crate::sync::time::Instant;
use crate::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

/// Where everybody calls from.
fn somewhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 60532))
}

/// A line in memory, both ends of it.
#[derive(Clone, Default)]
pub struct Wire(Arc<(Mutex<Ends>, Condvar)>);

#[derive(Default)]
struct Ends {
    /// What each write of the client has brought, and the server has not read.
    sent: VecDeque<Vec<u8>>,
    /// What each write of the server has brought.
    received: Vec<Vec<u8>>,
    /// Nothing more comes from the client.
    has_hung_up: bool,
    /// The client takes nothing any more.
    is_stalled: bool,
    /// The server has hung up.
    is_closed: bool,
}

impl Wire {
    /// Who has said all this, and says nothing more.
    pub fn with(sent: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let ends = Ends {
            sent: sent.into_iter().collect(),
            ..Ends::default()
        };
        Wire(Arc::new((Mutex::new(ends), Condvar::new())))
    }

    /// Does this to it, and tells who waits.
    fn change(&self, change: impl FnOnce(&mut Ends)) {
        let (ends, changed) = &*self.0;
        change(&mut ends.lock());
        changed.notify_all();
    }

    /// What the client has been told so far, and whether the server has hung up.
    pub fn heard(&self, framing: Framing) -> (Vec<String>, bool) {
        let ends = self.0.0.lock();
        let mut decoder = Decoder::of_server(framing);
        let messages = ends.received.iter().flat_map(|bytes| decoder.read(bytes));
        (messages.flatten().collect(), ends.is_closed)
    }
}

impl Line for Wire {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let (ends, changed) = &*self.0;
        let mut ends = ends.lock();
        let is_silent =
            |ends: &mut Ends| ends.sent.is_empty() && !ends.has_hung_up && !ends.is_closed;
        changed.wait_while(&mut ends, is_silent);
        if ends.is_closed {
            return Ok(0);
        }
        let Some(bytes) = ends.sent.front_mut() else {
            return Ok(0);
        };
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes[..length]);
        bytes.drain(..length);
        if bytes.is_empty() {
            ends.sent.pop_front();
        }
        Ok(length)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let (ends, changed) = &*self.0;
        let mut ends = ends.lock();
        changed.wait_while(&mut ends, |ends| ends.is_stalled && !ends.is_closed);
        if ends.is_closed {
            return Err(ErrorKind::BrokenPipe.into());
        }
        ends.received.push(bytes.to_vec());
        changed.notify_all();
        Ok(())
    }

    fn hang_up(&self) {
        self.change(|ends| ends.is_closed = true);
    }
}

/// Where calls come in.
#[derive(Clone, Default)]
pub struct Exchange(Arc<(Mutex<Waiting>, Condvar)>);

#[derive(Default)]
struct Waiting {
    calls: VecDeque<Wire>,
    is_closed: bool,
}

impl Exchange {
    /// Where these have called already.
    pub fn with(calls: impl IntoIterator<Item = Wire>) -> Self {
        let waiting = Waiting {
            calls: calls.into_iter().collect(),
            is_closed: false,
        };
        Exchange(Arc::new((Mutex::new(waiting), Condvar::new())))
    }

    fn change(&self, change: impl FnOnce(&mut Waiting)) {
        let (waiting, changed) = &*self.0;
        change(&mut waiting.lock());
        changed.notify_all();
    }
}

impl Calls for Exchange {
    type Line = Wire;

    fn next_call(&self) -> io::Result<Option<(Wire, SocketAddr)>> {
        let (waiting, changed) = &*self.0;
        let mut waiting = waiting.lock();
        let nobody_calls = |it: &mut Waiting| it.calls.is_empty() && !it.is_closed;
        changed.wait_while(&mut waiting, nobody_calls);
        if waiting.is_closed {
            return Ok(None);
        }
        Ok(waiting.calls.pop_front().map(|wire| (wire, somewhere())))
    }

    fn close(&self) {
        self.change(|waiting| waiting.is_closed = true);
    }
}

/// A server whose clients are in this process, with nothing in between.
pub struct Core {
    threads: Arc<Threads>,
    exchange: Exchange,
    framing: Framing,
    screen: Screen,
    serving: Option<thread::JoinHandle<()>>,
}

impl Core {
    pub fn start(framing: Framing) -> Self {
        let (threads, exchange) = (Arc::new(Threads::new()), Exchange::default());
        let screen = Screen::new();
        let printer = Printer::start(screen.clone(), |_| ()).unwrap();
        let desk = Desk::new(exchange.clone(), framing, Arc::clone(&printer));
        let server = Arc::clone(&threads);
        let serving = thread::spawn(move || {
            server.serve(Arc::new(desk));
            assert_eq!(printer.close(Instant::now() + TOO_LONG), Printed::All);
        });
        Core {
            threads,
            exchange,
            framing,
            screen,
            serving: Some(serving),
        }
    }
}

impl World for Core {
    fn join(&mut self) -> Box<dyn Remote> {
        let wire = Wire::default();
        let framing = self.framing;
        let called = wire.clone();
        self.exchange
            .change(|waiting| waiting.calls.push_back(called));
        Box::new(Client { wire, framing })
    }

    fn screen(&self) -> Screen {
        self.screen.clone()
    }

    fn stop(&mut self) {
        self.threads.stop();
        let serving = self.serving.take().expect("it is stopped once");
        serving.join().unwrap();
    }
}

/// A client's end.
struct Client {
    wire: Wire,
    framing: Framing,
}

impl Remote for Client {
    fn send(&mut self, bytes: &[u8]) {
        self.wire.change(|ends| ends.sent.push_back(bytes.to_vec()));
    }

    fn hang_up(&mut self) {
        self.wire.change(|ends| ends.has_hung_up = true);
    }

    fn stall(&mut self) {
        self.wire.change(|ends| ends.is_stalled = true);
    }

    fn texts(&mut self, number: usize) -> io::Result<Vec<String>> {
        let (ends, changed) = &*self.wire.0;
        let framing = self.framing;
        let is_missing = |ends: &mut Ends| {
            let mut decoder = Decoder::of_server(framing);
            let messages = ends.received.iter().map(|bytes| decoder.read(bytes).len());
            messages.sum::<usize>() < number && !ends.is_closed
        };
        if changed
            .wait_while_for(&mut ends.lock(), is_missing, TOO_LONG)
            .timed_out()
        {
            return Err(ErrorKind::TimedOut.into());
        }
        Ok(self.wire.heard(framing).0)
    }
}
