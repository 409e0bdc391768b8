//! The whole server, over sockets.

use super::play::{Remote, World};
use super::{Screen, TOO_LONG};
use crate::programs::chat::server::{Printers, Server, Settings, ShutdownHandle};
use crate::programs::kit::framing::{Decoder, Framing};
use crate::sync::thread;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

/// A server that runs in this process.
pub struct Running {
    pub address: SocketAddr,
    pub screen: Screen,
    framing: Framing,
    shutdown: ShutdownHandle,
    thread: Option<thread::JoinHandle<io::Result<bool>>>,
}

impl Running {
    pub fn start(settings: &Settings) -> Self {
        let server = Server::listen("127.0.0.1:0").unwrap();
        let screen = Screen::new();
        let (address, shutdown) = (server.address(), server.shutdown());
        let settings_of_server = settings.clone();
        let printers = Printers {
            screen: Box::new(screen.clone()),
            log: None,
            notices: Box::new(io::sink()),
        };
        let thread = thread::spawn(move || server.serve(&settings_of_server, printers));
        Running {
            address,
            screen,
            framing: settings.framing,
            shutdown,
            thread: Some(thread),
        }
    }

    pub fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(TOO_LONG)).unwrap();
        Client {
            stream,
            decoder: Decoder::of_server(self.framing),
            texts: Vec::new(),
            is_closed: false,
        }
    }
}

impl World for Running {
    fn join(&mut self) -> Box<dyn Remote> {
        Box::new(self.connect())
    }

    fn screen(&self) -> Screen {
        self.screen.clone()
    }

    fn stop(&mut self) {
        self.shutdown.close();
        let thread = self.thread.take().expect("it is stopped once");
        assert!(thread.join().unwrap().unwrap(), "all is printed");
    }
}

/// A client that reads only when it is asked what it has read.
pub struct Client {
    pub stream: TcpStream,
    decoder: Decoder,
    texts: Vec<String>,
    is_closed: bool,
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

#[cfg(target_os = "linux")]
#[test]
fn as_many_can_wait_to_be_let_in_as_the_system_allows() {
    let most: usize = std::fs::read_to_string("/proc/sys/net/core/somaxconn")
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    // Nobody lets them in.
    let server = Server::listen("127.0.0.1:0").unwrap();
    let connect = |_| TcpStream::connect_timeout(&server.address(), TOO_LONG).unwrap();
    let waiting: Vec<TcpStream> = (0..most.min(400)).map(connect).collect();
    assert!(waiting.len() == most.min(400));
}
