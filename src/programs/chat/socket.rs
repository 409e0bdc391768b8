//! The wire of a client: its socket.

use super::framing::Framing;
use crate::curriculum::relay::{Broken, Text, Wire};
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::time::Instant;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// What is still read of a client that has been told good-bye.
const REST: usize = 1024 * 1024;

/// What a session needs of its client's connection.
pub(super) trait Connection: Wire {
    /// What the client has sent; nothing at the end.
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Makes whoever reads see the end, as if the client had hung up.
    fn stop_reading(&self);

    /// From now on a write gives up if the client takes nothing for some time.
    fn hurry(&self);

    /// Says the last word, if there is one, and closes, so that the client can read everything.
    fn say_farewell(&self, farewell: Option<&str>, patience: Duration);
}

/// A client's socket. Whoever holds it can end the connection under the others' hands.
pub(super) struct Socket {
    stream: TcpStream,
    framing: Framing,
    /// The client leaves: it is given some time to read the rest, and not for ever.
    is_leaving: AtomicBool,
}

impl Socket {
    /// # Errors
    /// Those of the system, for a socket that is no more.
    pub(super) fn new(stream: TcpStream, framing: Framing, patience: Duration) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(patience))?;
        Ok(Socket {
            stream,
            framing,
            is_leaving: AtomicBool::new(false),
        })
    }

    /// Sends away somebody who has not been let in.
    pub(super) fn refuse(&self, why: &str) {
        self.hurry();
        // Who does not even get this one has gone by itself.
        let _ = self.write(&[why.into()]);
        self.cut();
    }

    fn write_all(&self, bytes: &[u8]) -> Result<(), Broken> {
        write_all(&self.stream, bytes, || self.is_leaving.load(SeqCst))
    }
}

/// Writes all the bytes, in as many parts as it takes; if it takes long, until it is time to give up.
pub(super) fn write_all(
    mut out: impl Write,
    mut bytes: &[u8],
    gives_up: impl Fn() -> bool,
) -> Result<(), Broken> {
    while !bytes.is_empty() {
        match out.write(bytes) {
            Ok(0) => return Err(Broken),
            Ok(written) => bytes = &bytes[written..],
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => {}
                ErrorKind::WouldBlock | ErrorKind::TimedOut if !gives_up() => {}
                _ => return Err(Broken),
            },
        }
    }
    Ok(())
}

impl Wire for Socket {
    fn write(&self, texts: &[Text]) -> Result<(), Broken> {
        let mut bytes = Vec::new();
        for text in texts {
            self.framing.encode(text, &mut bytes);
            if self.framing == Framing::Chunks {
                // One by one, or the client would take them for one.
                self.write_all(&bytes)?;
                bytes.clear();
            }
        }
        self.write_all(&bytes)
    }

    fn cut(&self) {
        // It may have been closed from the other side.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

impl Connection for Socket {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match (&self.stream).read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    fn stop_reading(&self) {
        // If it has been closed already, there is nothing to stop.
        let _ = self.stream.shutdown(Shutdown::Read);
    }

    fn hurry(&self) {
        self.is_leaving.store(true, SeqCst);
    }

    fn say_farewell(&self, farewell: Option<&str>, patience: Duration) {
        // A socket that is closed with something unread resets the connection, and what is on its
        // way to the client is lost: so it is read first, for a bounded time and length.
        let texts: Vec<Text> = farewell.map(Text::from).into_iter().collect();
        if self.write(&texts).is_ok() && self.stream.shutdown(Shutdown::Write).is_ok() {
            let _ = self.stream.set_read_timeout(Some(patience));
            let start = Instant::now();
            let mut buffer = [0; 4096];
            let mut left = REST;
            while let Ok(length @ 1..) = self.read(&mut buffer)
                && left > length
                && start.elapsed() < patience
            {
                left -= length;
            }
        }
        self.cut();
    }
}
