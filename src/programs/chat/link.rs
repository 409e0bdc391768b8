//! A client's connection for programs whose own thread must never wait: calling the server, receiving
//! and sending are done by others.

use super::client;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::threads::no_room;
use crate::sync::channel::{self, Receiver, Sender, TryRecvError};
use crate::sync::thread::{self, JoinHandle};
use crate::sync::time::{Duration, Instant};
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

#[cfg(all(test, not(loom)))]
mod tests;

/// Texts that wait to be taken. Then the server waits.
const WAITING: usize = 64;

/// Lines that wait to be sent. A paste can be that long.
const TYPED: usize = 10_000;

/// Time for sending what was typed last.
const PATIENCE: Duration = Duration::from_secs(1);

/// A call to a server, by a thread of its own. Who drops it gives up, and waits for nobody: should the
/// server answer after all, the thread hangs up.
#[derive(Debug)]
pub struct Call {
    answer: Receiver<io::Result<TcpStream>>,
}

impl Call {
    /// Calls whoever listens at this port of the host.
    ///
    /// # Errors
    /// If the system has no room for another thread.
    pub fn start(host: String, port: u16) -> io::Result<Self> {
        Call::by(move || TcpStream::connect((host.as_str(), port)))
    }

    fn by(connect: impl FnOnce() -> io::Result<TcpStream> + Send + 'static) -> io::Result<Self> {
        let (tell, answer) = channel::bounded(1);
        // It fails if nobody wants to know any more, and then the connection is closed.
        start("caller", move || drop(tell.send(connect())))?;
        Ok(Call { answer })
    }

    /// What came of it, once that is known: the connection, or why there is none.
    pub fn answer(&self) -> Option<io::Result<TcpStream>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                Some(Err(io::Error::other("nobody knows what came of it")))
            }
        }
    }
}

/// What has arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// The server has said this.
    Text(String),
    /// There is nothing at present.
    Nothing,
    /// The connection has ended.
    End,
}

/// A connection, and two threads: one receives, and one sends. When it is dropped both are ended.
#[derive(Debug)]
pub struct Link {
    stream: Arc<TcpStream>,
    /// Until it is dropped.
    heard: Option<Receiver<String>>,
    /// Until nothing more is to be sent.
    saying: Option<Sender<String>>,
    last_said: Option<Instant>,
    /// Time for sending that.
    patience: Duration,
    /// When it ends, whatever is left to be sent by then.
    ends_at: Option<Instant>,
    threads: Vec<JoinHandle<()>>,
}

impl Link {
    /// Has the connection looked after.
    ///
    /// # Errors
    /// If the system has no room for the threads.
    pub fn start(stream: TcpStream, framing: Framing) -> io::Result<Self> {
        let stream = Arc::new(stream);
        let (hear, heard) = channel::bounded(WAITING);
        let (saying, said) = channel::bounded(TYPED);
        let mut link = Link {
            stream: Arc::clone(&stream),
            heard: Some(heard),
            saying: Some(saying),
            last_said: None,
            patience: PATIENCE,
            ends_at: None,
            threads: Vec::new(),
        };
        let receiving = Arc::clone(&stream);
        let receiver = start("receiver", move || receive(&receiving, framing, &hear))?;
        link.threads.push(receiver);
        let sender = start("sender", move || emit(&stream, framing, &said))?;
        link.threads.push(sender);
        Ok(link)
    }

    /// Takes the next thing that has arrived, without waiting for it. After [`leave`](Link::leave) the
    /// end comes in time, even if the server does not hang up.
    pub fn hear(&self) -> News {
        if self.ends_at.is_some_and(|end| Instant::now() >= end) {
            return News::End;
        }
        let heard = self.heard.as_ref().map(Receiver::try_recv);
        match heard.unwrap_or(Err(TryRecvError::Disconnected)) {
            Ok(text) => News::Text(text),
            Err(TryRecvError::Empty) => News::Nothing,
            Err(TryRecvError::Disconnected) => News::End,
        }
    }

    /// Has these sent, up to the first one for which there is no room; returns how many that were.
    pub fn say(&mut self, lines: impl IntoIterator<Item = String>) -> usize {
        let Some(saying) = &self.saying else {
            return 0;
        };
        let mut lines = lines.into_iter();
        let said = lines.by_ref().take_while(|line| {
            let said = saying.try_send(line.clone());
            said.is_ok()
        });
        let said = said.count();
        if said > 0 {
            self.last_said = Some(Instant::now());
        }
        said
    }

    /// Sends nothing more than what was typed; the server sees that that is all, and hangs up. True if
    /// there is nothing to wait for: all has been sent for long, or this was asked before. Else the end
    /// is to be waited for, by [`hear`](Link::hear).
    pub fn leave(&mut self) -> bool {
        let is_recent = |said: Instant| said.elapsed() < self.patience;
        let Some(saying) = self.saying.take() else {
            return true;
        };
        if saying.is_empty() && !self.last_said.is_some_and(is_recent) {
            return true;
        }
        self.ends_at = Some(Instant::now() + self.patience);
        false
    }

    /// The same, and waits for the end, but for no longer than this.
    pub fn leave_within(&mut self, patience: Duration) {
        let deadline = Instant::now() + patience;
        if self.leave() {
            return;
        }
        let left = || deadline.saturating_duration_since(Instant::now());
        while let Some(Ok(_)) = self.heard.as_ref().map(|it| it.recv_timeout(left())) {}
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // The threads may be waiting for the server, for room that nobody makes any more, or for lines.
        let _ = self.stream.shutdown(Shutdown::Both);
        (self.heard, self.saying) = (None, None);
        for thread in self.threads.drain(..) {
            // If it has panicked, that has been said.
            let _ = thread.join();
        }
    }
}

fn start(name: &str, code: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(code).map_err(no_room)
}

fn receive(stream: &TcpStream, framing: Framing, hear: &Sender<String>) {
    // It fails once nobody wants to hear it any more: then that is the end as well.
    let _ = client::receive(stream, framing, |text| {
        hear.send(text.to_owned()).map_err(io::Error::other)
    });
}

fn emit(mut stream: &TcpStream, framing: Framing, said: &Receiver<String>) {
    let mut bytes = Vec::new();
    for text in said {
        bytes.clear();
        framing.encode(&text, &mut bytes);
        if stream.write_all(&bytes).is_err() {
            return;
        }
    }
    // The server sees that nothing more comes, and ends the session.
    let _ = stream.shutdown(Shutdown::Write);
}
