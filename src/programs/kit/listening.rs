//! Listening for clients, and what may go wrong when they are let in.

use std::io::{self, ErrorKind};
use std::net::{TcpListener, ToSocketAddrs};

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
