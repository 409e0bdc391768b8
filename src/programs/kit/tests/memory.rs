//! Calls and lines in memory. What is done to them is seen by explorers.

use super::{Remote, TOO_LONG};
use crate::programs::kit::calls::{Calls, Line};
use crate::programs::kit::framing::{Decoder, Framing};
use crate::sync::{Condvar, Mutex};
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
    /// The server is to read nothing more.
    is_deaf: bool,
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

    /// Lets the server read nothing more, as when its end of a socket is shut down for reading.
    pub fn deafen(&self) {
        self.change(|ends| ends.is_deaf = true);
    }

    /// What leads to the server, for a client that is a program.
    pub fn clients_end(&self) -> ClientEnd {
        ClientEnd {
            wire: self.clone(),
            read: Mutex::default(),
        }
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
        let is_over = |ends: &Ends| ends.is_deaf || ends.is_closed;
        let is_silent =
            |ends: &mut Ends| ends.sent.is_empty() && !ends.has_hung_up && !is_over(ends);
        changed.wait_while(&mut ends, is_silent);
        if is_over(&ends) {
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

/// The client's end of a wire.
pub struct ClientEnd {
    wire: Wire,
    /// How much has been read of what the server has written.
    read: Mutex<usize>,
}

impl Line for ClientEnd {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let (ends, changed) = &*self.wire.0;
        let mut read = self.read.lock();
        let mut ends = ends.lock();
        let has_read = *read;
        let is_silent = |ends: &mut Ends| {
            ends.received.concat().len() == has_read && !ends.is_closed && !ends.has_hung_up
        };
        changed.wait_while(&mut ends, is_silent);
        // What one write has brought is not read together with what the next one has.
        let mut skipped = has_read;
        let chunk = ends.received.iter().find_map(|chunk| {
            let rest = chunk.get(skipped..).filter(|rest| !rest.is_empty());
            skipped = skipped.saturating_sub(chunk.len());
            rest
        });
        let chunk = chunk.unwrap_or_default();
        let length = chunk.len().min(buffer.len());
        buffer[..length].copy_from_slice(&chunk[..length]);
        *read += length;
        Ok(length)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut is_closed = false;
        self.wire.change(|ends| {
            is_closed = ends.is_closed || ends.has_hung_up;
            if !is_closed {
                ends.sent.push_back(bytes.to_vec());
            }
        });
        if is_closed {
            return Err(ErrorKind::BrokenPipe.into());
        }
        Ok(())
    }

    fn hang_up(&self) {
        self.wire.change(|ends| ends.has_hung_up = true);
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

    /// Somebody calls. What leads to them.
    pub fn ring(&self) -> Wire {
        let wire = Wire::default();
        let called = wire.clone();
        self.change(|waiting| waiting.calls.push_back(called));
        wire
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

    fn is_open(&self) -> bool {
        !self.0.0.lock().is_closed
    }

    fn close(&self) {
        self.change(|waiting| waiting.is_closed = true);
    }
}

/// A client that only a test knows.
pub struct Caller {
    pub wire: Wire,
    pub framing: Framing,
}

impl Remote for Caller {
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
