//! A client of the echo server: its texts, over a line that carries bytes.

use crate::curriculum::echo::{Broken, Connection};
use crate::programs::kit::entrance::Guest;
use crate::programs::kit::framing::{Decoder, Framing};
use crate::programs::kit::listening::hang_up;
use crate::sync::Mutex;
use std::io::{self, ErrorKind, Read, Write};

/// The server's end of what leads to a client.
pub(super) trait Line: Send + Sync + 'static {
    /// Waits for some bytes; 0 is the end.
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Sends all of this. That takes as long as the client likes.
    fn write(&self, bytes: &[u8]) -> io::Result<()>;

    /// Ends it. Who waits on it waits no longer.
    fn hang_up(&self);
}

impl Line for Guest {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.stream).read(buffer)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&*self.stream).write_all(bytes)
    }

    fn hang_up(&self) {
        hang_up(&self.stream);
    }
}

/// A client that is being served.
pub(super) struct Caller<L> {
    line: L,
    framing: Framing,
    decoder: Mutex<Decoder>,
}

impl<L: Line> Caller<L> {
    pub(super) fn new(line: L, framing: Framing) -> Self {
        Caller {
            line,
            framing,
            decoder: Mutex::new(Decoder::new(framing)),
        }
    }
}

impl<L: Line> Connection for Caller<L> {
    fn receive(&self) -> Result<Option<String>, Broken> {
        // One thread reads: nobody waits for this lock.
        let mut decoder = self.decoder.lock();
        let mut buffer = [0; 4096];
        loop {
            if let Some(message) = decoder.next_message() {
                return message.map(Some).map_err(|_| Broken);
            }
            match self.line.read(&mut buffer) {
                Ok(0) => return Ok(decoder.end()),
                Ok(length) => decoder.feed(&buffer[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Broken),
            }
        }
    }

    fn send(&self, text: &str) -> Result<(), Broken> {
        let mut bytes = Vec::new();
        self.framing.encode(text, &mut bytes);
        self.line.write(&bytes).map_err(|_| Broken)
    }

    fn close(&self) {
        self.line.hang_up();
    }
}
