//! Listening for clients, and what may go wrong when they are let in.

use std::io::{self, ErrorKind, Read};
use std::net::{Shutdown, TcpListener, TcpStream, ToSocketAddrs};

/// Listens at this address, with as many waiting to be let in as the system allows.
///
/// # Errors
/// If the address is none, or taken.
pub(crate) fn listen(address: impl ToSocketAddrs) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    // The standard library stops at 128.
    #[cfg(unix)]
    rustix::net::listen(&listener, i32::MAX)?;
    Ok(listener)
}

/// True if the error concerns this client only: the server goes on.
pub(crate) fn is_passing(error: &io::Error) -> bool {
    let kinds = [
        ErrorKind::ConnectionAborted,
        ErrorKind::ConnectionReset,
        ErrorKind::Interrupted,
        // Of a client that has left before its socket could be set up.
        ErrorKind::InvalidInput,
        ErrorKind::NotConnected,
    ];
    kinds.contains(&error.kind())
}

/// True if there are too many connections, here or on the machine: once some have ended, the server
/// can go on.
pub(crate) fn is_full(error: &io::Error) -> bool {
    const ENFILE: i32 = 23;
    const EMFILE: i32 = 24;
    cfg!(unix) && matches!(error.raw_os_error(), Some(ENFILE | EMFILE))
}

/// Ends a connection, so that what has been sent arrives. Whoever waits on it waits no longer.
pub(crate) fn hang_up(mut stream: &TcpStream) {
    // What is left unread would turn the end into a reset, and the last text could be lost. Who goes on
    // sending has to take that.
    const MOST: usize = 64;
    if stream.set_nonblocking(true).is_ok() {
        let mut buffer = [0; 1024];
        let mut reads = (0..MOST).map(|_| stream.read(&mut buffer));
        while let Some(Ok(1..)) = reads.next() {}
    }
    // It may have been closed from the other side.
    let _ = stream.shutdown(Shutdown::Both);
}
