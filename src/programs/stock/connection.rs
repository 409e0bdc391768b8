//! A client of the stock at the other end of a socket.

use super::wire;
use crate::curriculum::stock::{Client, Delivery};
use crate::sync::Mutex;
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// Where the server prints, some lines at a time.
pub(super) struct Log<'a> {
    out: Mutex<&'a mut (dyn Write + Send)>,
}

impl<'a> Log<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Log {
            out: Mutex::new(out),
        }
    }

    /// Prints, and sees that it is seen. The shop goes on if nobody reads it.
    pub(super) fn print(&self, lines: fmt::Arguments) {
        let mut out = self.out.lock();
        let _ = out.write_fmt(lines).and_then(|()| out.flush());
    }
}

/// An address as the original shows it.
pub(super) struct Shown(pub(super) SocketAddr);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ip, port) = (self.0.ip(), self.0.port());
        match self.0 {
            SocketAddr::V4(_) => write!(f, "('{ip}', {port})"),
            SocketAddr::V6(address) => {
                let (flow, scope) = (address.flowinfo(), address.scope_id());
                write!(f, "('{ip}', {port}, {flow}, {scope})")
            }
        }
    }
}

/// A client that is being served.
pub(super) struct Connection<'a> {
    pub(super) stream: Arc<TcpStream>,
    pub(super) peer: SocketAddr,
    /// How long the client may take over its order, and over picking up the answer.
    pub(super) patience: Duration,
    pub(super) log: &'a Log<'a>,
}

impl Connection<'_> {
    fn read_order(&mut self) -> io::Result<[u8; 2]> {
        let mut order = [0; 2];
        let mut stream = &*self.stream;
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
        let mut stream = &*self.stream;
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
            let peer = Shown(self.peer);
            self.log.print(format_args!(
                "Commande de {bottles} bouteille(s) -> {peer}\n"
            ));
        }
        order
    }

    fn deliver(&mut self, delivery: Delivery) {
        let Delivery { bottles, left } = delivery;
        let peer = Shown(self.peer);
        self.log.print(format_args!(
            "Livraison de {bottles} bouteille(s) -> {peer}\n\
             Reste en stock : {left} bouteille(s)\n"
        ));
        // Sold is sold, even to a client that has gone meanwhile.
        let _ = wire::encode(bottles).map(|answer| self.write_answer(answer));
    }

    fn refuse(&mut self) {
        // The end of the connection says it.
    }
}
