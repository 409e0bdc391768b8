//! One client of the server, as far as it concerns nobody else.

use crate::curriculum::relay::solution::Slow;
use crate::curriculum::relay::{Broken, Text};
use crate::programs::kit::framing::{Decoder, Framing};
use crate::sync::time::Instant;
use std::io::{self, ErrorKind};
use std::net::Shutdown;

/// Why nothing more is read from a client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It said so, or hung up.
    Client,
    /// Its message was too long.
    TooLong,
    /// The server stops.
    Server,
}

/// What is still read of a client that has been told good-bye.
const REST: usize = 1024 * 1024;

/// A client's connection. Nobody waits for it: what cannot be done at once is refused.
pub(super) trait Connection {
    /// True if a read that does not fill its buffer has taken all that has come, and more is
    /// announced when it comes: then nobody has to read once more, only to hear that.
    const SHORT_READ_IS_LAST: bool;

    /// Some of what the client has sent; nothing at the end.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Sends as much as there is room for, and says how much that was.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Closes it, one way or both.
    fn shutdown(&self, how: Shutdown);
}

/// What a client is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// It says things and hears things.
    Talking,
    /// What it has yet to hear is sent, and then the last word, if there is one.
    Leaving(Option<&'static str>),
    /// The last that it has to hear is being sent.
    LastWord,
    /// It has been told everything. What it has yet to say is read, and nobody hears it: a
    /// connection that is closed with something unread loses what is on its way to the client.
    Listened { left: usize },
}

/// Something that waits for room at others.
pub(super) struct Waiting {
    pub(super) text: Text,
    /// Who had no room when the round began.
    pub(super) slow: Vec<Slow>,
    /// When it ends.
    pub(super) until: Instant,
}

/// A client that has been let in.
pub(super) struct Session<C> {
    connection: C,
    framing: Framing,
    pub(super) decoder: Decoder,
    pub(super) phase: Phase,
    /// What it says and nobody has heard yet. Until then nothing more is read.
    pub(super) waiting: Option<Waiting>,
    /// Nothing more comes from the client.
    pub(super) has_hung_up: bool,
    pub(super) is_readable: bool,
    /// It has been announced that the client hangs up: that is not announced again.
    pub(super) is_ending: bool,
    pub(super) is_writable: bool,
    /// What is being sent, and how much of it has been.
    unsent: Vec<u8>,
    sent: usize,
    /// When it is told that lines need ends, unless one comes.
    pub(super) hint_at: Option<Instant>,
    pub(super) was_told: bool,
    /// When its farewell ends, however far that is.
    pub(super) gone_by: Option<Instant>,
}

/// What came of reading.
pub(super) enum Read {
    /// There may be messages now.
    Some,
    /// There is nothing at present.
    Nothing,
}

impl<C: Connection> Session<C> {
    pub(super) fn new(connection: C, framing: Framing) -> Self {
        Session {
            connection,
            framing,
            decoder: Decoder::new(framing),
            phase: Phase::Talking,
            waiting: None,
            has_hung_up: false,
            is_readable: true,
            is_ending: false,
            is_writable: true,
            unsent: Vec::new(),
            sent: 0,
            hint_at: None,
            was_told: false,
            gone_by: None,
        }
    }

    /// Reads once.
    ///
    /// # Errors
    /// If the connection is broken.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<Read, Broken> {
        if !self.is_readable || self.has_hung_up {
            return Ok(Read::Nothing);
        }
        match self.connection.read(buffer) {
            Ok(0) => self.has_hung_up = true,
            Ok(length) => {
                let is_last = C::SHORT_READ_IS_LAST && length < buffer.len();
                self.is_readable = self.is_ending || !is_last;
                self.take(&buffer[..length])?;
            }
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => {
                    self.is_readable = false;
                    return Ok(Read::Nothing);
                }
                ErrorKind::Interrupted => {}
                _ => return Err(Broken),
            },
        }
        Ok(Read::Some)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        match &mut self.phase {
            Phase::Talking => self.decoder.feed(bytes),
            Phase::Leaving(_) | Phase::LastWord => {}
            Phase::Listened { left } => {
                *left = left.checked_sub(bytes.len()).ok_or(Broken)?;
            }
        }
        Ok(())
    }

    /// Has these sent after what is being sent.
    pub(super) fn put(&mut self, texts: &[Text]) {
        // The end of a line is one byte.
        let length = texts.iter().map(|text| text.len() + 1).sum();
        self.unsent.reserve(length);
        for text in texts {
            self.framing.encode(text, &mut self.unsent);
        }
    }

    /// True if everything has been sent.
    pub(super) fn is_idle(&self) -> bool {
        self.sent == self.unsent.len()
    }

    /// Sends as much as there is room for. Returns how much.
    ///
    /// # Errors
    /// If the connection is broken.
    pub(super) fn send(&mut self) -> Result<usize, Broken> {
        let before = self.sent;
        while self.is_writable && !self.is_idle() {
            match self.connection.write(&self.unsent[self.sent..]) {
                Ok(0) => return Err(Broken),
                Ok(length) => self.sent += length,
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => self.is_writable = false,
                    ErrorKind::Interrupted => {}
                    _ => return Err(Broken),
                },
            }
        }
        let sent = self.sent - before;
        if self.is_idle() {
            // Who is idle needs no memory.
            (self.unsent, self.sent) = (Vec::new(), 0);
        }
        Ok(sent)
    }

    /// Has the last word sent, if there is one.
    pub(super) fn say_last_word(&mut self) {
        if let Phase::Leaving(Some(last)) = self.phase {
            self.put(&[last.into()]);
        }
        self.phase = Phase::LastWord;
    }

    /// Everything has been said and heard. True if that is the end of it.
    pub(super) fn close(&mut self) -> bool {
        self.connection.shutdown(Shutdown::Write);
        self.phase = Phase::Listened { left: REST };
        self.has_hung_up
    }

    /// Ends the connection.
    pub(super) fn cut(&self) {
        self.connection.shutdown(Shutdown::Both);
    }
}
