//! Somebody at the other end of a line, who says texts and hears some.

use super::calls::Line;
use super::framing::{Decoder, Framing, MAX_MESSAGE};
use crate::sync::Mutex;
use std::io::{self, ErrorKind};

/// Whoever is at the other end.
pub(crate) struct Peer<L> {
    line: L,
    framing: Framing,
    decoder: Mutex<Decoder>,
}

impl<L: Line> Peer<L> {
    pub(crate) fn new(line: L, framing: Framing) -> Self {
        Peer {
            line,
            framing,
            decoder: Mutex::new(Decoder::new(framing)),
        }
    }

    /// Waits for what it says next; `None` is the end.
    ///
    /// # Errors
    /// If the line is broken, and if a text is too long: then nothing makes sense any more.
    pub(crate) fn next_text(&self) -> io::Result<Option<String>> {
        // One thread reads: nobody waits for this lock.
        let mut decoder = self.decoder.lock();
        let mut buffer = [0; 4096];
        loop {
            if let Some(message) = decoder.next_message() {
                let too_long = |_| {
                    let what = format!("a text is longer than {MAX_MESSAGE} bytes");
                    io::Error::new(ErrorKind::InvalidData, what)
                };
                return message.map(Some).map_err(too_long);
            }
            match self.line.read(&mut buffer) {
                Ok(0) => return Ok(decoder.end()),
                Ok(length) => decoder.feed(&buffer[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Says something to it.
    ///
    /// # Errors
    /// If the line is broken, or has been ended here.
    pub(crate) fn tell(&self, text: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.framing.encode(text, &mut bytes);
        self.line.write(&bytes)
    }

    /// Ends the line.
    pub(crate) fn hang_up(&self) {
        self.line.hang_up();
    }
}
