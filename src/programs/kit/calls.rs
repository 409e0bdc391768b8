//! Where clients call, and the lines that lead to them: sockets, or what tests put in their place.

use super::entrance::{Entrance, Guest};
use super::listening::hang_up;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// One end of what carries bytes to somebody, and from there.
pub(crate) trait Line: Send + Sync + 'static {
    /// Waits for some bytes; 0 is the end.
    ///
    /// # Errors
    /// If the line is broken.
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Sends all of this. That takes as long as the other one likes.
    ///
    /// # Errors
    /// If the line is broken, or has been ended.
    fn write(&self, bytes: &[u8]) -> io::Result<()>;

    /// Ends it. Who waits on it waits no longer.
    fn hang_up(&self);
}

impl Line for TcpStream {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Read::read(&mut &*self, buffer)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        Write::write_all(&mut &*self, bytes)
    }

    fn hang_up(&self) {
        hang_up(self);
    }
}

impl Line for Guest {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = Line::read(&*self.stream, buffer)?;
        // A system may go on to bring what is sent to a socket that is shut down for reading.
        Ok(if self.is_heard() { length } else { 0 })
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        Line::write(&*self.stream, bytes)
    }

    fn hang_up(&self) {
        hang_up(&self.stream);
    }
}

/// Where clients call.
pub(crate) trait Calls: Send + Sync + 'static {
    /// What leads to a client.
    type Line: Line;

    /// Waits for the next call; there is none any more once it is closed.
    ///
    /// # Errors
    /// If no more clients can call.
    fn next_call(&self) -> io::Result<Option<(Self::Line, SocketAddr)>>;

    /// True until it is closed.
    fn is_open(&self) -> bool;

    /// Lets nobody call any more. Who waits for a call waits no longer.
    fn close(&self);
}

impl Calls for Entrance {
    type Line = Guest;

    fn next_call(&self) -> io::Result<Option<(Guest, SocketAddr)>> {
        while let Some(guest) = self.next()? {
            // Otherwise it has come too late, or is the call that wakes the server.
            if self.door().is_open() {
                let peer = guest.peer;
                return Ok(Some((guest, peer)));
            }
        }
        Ok(None)
    }

    fn is_open(&self) -> bool {
        self.door().is_open()
    }

    fn close(&self) {
        self.door().close();
    }
}
