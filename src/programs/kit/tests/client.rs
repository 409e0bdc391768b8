//! A client at its end of a socket.

use super::{Remote, TOO_LONG};
use crate::programs::kit::framing::{Decoder, Framing};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

/// A client that reads only when it is asked what it has read.
pub struct Client {
    pub stream: TcpStream,
    decoder: Decoder,
    texts: Vec<String>,
    is_closed: bool,
}

impl Client {
    /// Connects to a server.
    pub fn call(address: SocketAddr, framing: Framing) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(TOO_LONG)).unwrap();
        Client {
            stream,
            decoder: Decoder::of_server(framing),
            texts: Vec::new(),
            is_closed: false,
        }
    }
}

impl Remote for Client {
    fn send(&mut self, bytes: &[u8]) {
        // The server may have closed the connection: then it is seen by what is read.
        let _ = self.stream.write_all(bytes);
    }

    fn hang_up(&mut self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    fn stall(&mut self) {}

    fn texts(&mut self, number: usize) -> io::Result<Vec<String>> {
        let mut buffer = [0; 8192];
        while self.texts.len() < number && !self.is_closed {
            match self.stream.read(&mut buffer) {
                Ok(0) => self.is_closed = true,
                Ok(length) => {
                    let texts = self.decoder.read(&buffer[..length]);
                    self.texts.extend(texts.into_iter().flatten());
                }
                Err(error) if error.kind() == ErrorKind::ConnectionReset => self.is_closed = true,
                Err(error) => return Err(error),
            }
        }
        Ok(self.texts.clone())
    }
}
