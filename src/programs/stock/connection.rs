//! A client of the stock at the other end of a socket.

use super::log::Log;
use super::wire;
use crate::curriculum::stock::{Client, Delivery};
use crate::programs::kit::visible::Address;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A client that is being served.
pub(super) struct Connection<'a> {
    pub(super) stream: &'a TcpStream,
    pub(super) peer: SocketAddr,
    /// How long the client may take over its order, and over picking up the answer.
    pub(super) patience: Duration,
    pub(super) log: &'a Log,
}

impl Connection<'_> {
    /// For a client that has come too late.
    pub(super) fn hear_and_refuse(&mut self) {
        // Whatever it wants.
        let _ = self.read_order();
        self.refuse();
    }

    fn read_order(&mut self) -> io::Result<[u8; 2]> {
        let mut order = [0; 2];
        let mut stream = self.stream;
        stream.set_read_timeout(Some(self.patience))?;
        let first = loop {
            match stream.read(&mut order) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        // The rest follows at once, or it is no order.
        match first {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            1 => stream.read_exact(&mut order[1..])?,
            _ => {}
        }
        Ok(order)
    }

    fn write_answer(&mut self, answer: [u8; 2]) -> io::Result<()> {
        let mut stream = self.stream;
        stream.set_write_timeout(Some(self.patience))?;
        stream.write_all(&answer)?;
        // What is left unread would turn the end into a reset, and the answer could be lost.
        stream.set_nonblocking(true)?;
        while stream.read(&mut [0; 256])? > 0 {}
        Ok(())
    }
}

impl Client for Connection<'_> {
    fn order(&mut self) -> Option<u32> {
        let order = self.read_order().ok().and_then(wire::decode);
        if let Some(bottles) = order {
            let peer = Address(self.peer);
            let line = format!("Commande de {bottles} bouteille(s) -> {peer}");
            self.log.note(&line);
        }
        order
    }

    fn deliver(&mut self, delivery: Delivery) {
        self.log.note_delivery(delivery, Address(self.peer));
        // Sold is sold, even to a client that has gone meanwhile.
        let _ = wire::encode(delivery.bottles).map(|answer| self.write_answer(answer));
    }

    fn refuse(&mut self) {
        turn_away(self.stream);
    }
}

/// The connection, once it is dropped, ends with a reset. The original client takes an orderly end
/// for an answer, of no bottles.
pub(super) fn turn_away(stream: &TcpStream) {
    #[cfg(unix)]
    // If it fails the client is gone.
    let _ = rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO));
    #[cfg(not(unix))]
    let _ = stream;
}
