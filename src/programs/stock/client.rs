//! The program `stock-client`: orders bottles, and says what came.

use super::wire;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};

/// How an order ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purchase {
    /// So many bottles came.
    Delivered(u32),
    /// There is no server.
    NoServer,
    /// The connection ended without an answer.
    NoAnswer,
}

/// Orders so many bottles, 1 to 99, and waits for the answer.
pub fn order(address: impl ToSocketAddrs, bottles: u32) -> Purchase {
    let Ok(mut server) = TcpStream::connect(address) else {
        return Purchase::NoServer;
    };
    let mut answer = [0; 2];
    let mut talk = || {
        let order = wire::encode(bottles).ok_or(io::ErrorKind::InvalidInput)?;
        server.write_all(&order)?;
        server.read_exact(&mut answer)
    };
    match talk().ok().and_then(|()| wire::decode(answer)) {
        Some(bottles) => Purchase::Delivered(bottles),
        None => Purchase::NoAnswer,
    }
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
