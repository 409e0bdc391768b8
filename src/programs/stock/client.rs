//! The program `stock-client`: orders bottles, and says what came.

use super::wire;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long the server may take to be there, and to answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How an order ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purchase {
    /// So many bottles came.
    Delivered(u32),
    /// There is no server.
    NoServer,
    /// The connection ended without an answer, or none came in time.
    NoAnswer,
}

/// Orders so many bottles, 1 to 99, and waits for the answer, though not for ever.
pub fn order(address: impl ToSocketAddrs, bottles: u32) -> Purchase {
    order_within(address, bottles, PATIENCE)
}

pub(super) fn order_within(
    address: impl ToSocketAddrs,
    bottles: u32,
    patience: Duration,
) -> Purchase {
    let Ok(mut server) = connect(address, patience) else {
        return Purchase::NoServer;
    };
    let mut answer = [0; 2];
    let mut talk = || {
        let order = wire::encode(bottles).ok_or(io::ErrorKind::InvalidInput)?;
        server.set_read_timeout(Some(patience))?;
        server.write_all(&order)?;
        server.read_exact(&mut answer)
    };
    match talk().ok().and_then(|()| wire::decode(answer)) {
        Some(bottles) => Purchase::Delivered(bottles),
        None => Purchase::NoAnswer,
    }
}

/// Tries the addresses in turn.
fn connect(address: impl ToSocketAddrs, patience: Duration) -> io::Result<TcpStream> {
    let mut result = Err(io::ErrorKind::AddrNotAvailable.into());
    for address in address.to_socket_addrs()? {
        result = TcpStream::connect_timeout(&address, patience);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// Orders, and prints how it ended.
///
/// # Errors
/// Those of `out`.
pub fn run(
    address: impl ToSocketAddrs,
    bottles: u32,
    out: &mut impl Write,
) -> io::Result<Purchase> {
    let purchase = order(address, bottles);
    match purchase {
        Purchase::Delivered(bottles) => writeln!(out, "{bottles} bouteille(s) recue(s)")?,
        Purchase::NoServer => writeln!(out, "Serveur non disponible")?,
        Purchase::NoAnswer => writeln!(out, "Echec commande")?,
    }
    Ok(purchase)
}

/// Some good order, another one each time.
pub fn any_order() -> u32 {
    (RandomState::new().hash_one(()) % 99) as u32 + 1
}
