//! The whole server, over sockets.

use crate::programs::chat::server::{Printers, Server, Settings, ShutdownHandle};
use crate::programs::kit::framing::Framing;
use crate::programs::kit::printer::Printed;
use crate::programs::kit::tests::{Client, Remote, Screen, World};
use crate::sync::thread;
use std::io;
use std::net::SocketAddr;

/// A server that runs in this process.
pub struct Running {
    pub address: SocketAddr,
    pub screen: Screen,
    framing: Framing,
    shutdown: ShutdownHandle,
    thread: Option<thread::JoinHandle<io::Result<Printed>>>,
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
        Client::call(self.address, self.framing)
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
        assert_eq!(thread.join().unwrap().unwrap(), Printed::All);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn as_many_can_wait_to_be_let_in_as_the_system_allows() {
    use crate::programs::kit::tests::TOO_LONG;
    use std::net::TcpStream;
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
