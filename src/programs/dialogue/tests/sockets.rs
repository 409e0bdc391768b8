//! The programs over real sockets, within one process.

use super::program::{Program, Room};
use crate::programs::dialogue::{client, server};
use crate::programs::kit::entrance::{Door, Entrance};
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::{Client, Remote};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

/// A server that listens.
pub struct Sockets {
    server: Program,
    address: SocketAddr,
    door: Arc<Door>,
    framing: Framing,
}

impl Sockets {
    pub fn open(framing: Framing) -> Box<dyn Room> {
        let entrance = Entrance::open("127.0.0.1:0", server::PARTING).expect("a free port");
        let (address, door) = (entrance.address(), Arc::clone(entrance.door()));
        let server =
            Program::start(move |keys, screen| server::serve(&entrance, framing, keys, screen));
        Box::new(Sockets {
            server,
            address,
            door,
            framing,
        })
    }
}

impl Room for Sockets {
    fn server(&mut self) -> &mut Program {
        &mut self.server
    }

    fn ring(&mut self) -> Box<dyn Remote> {
        Box::new(Client::call(self.address, self.framing))
    }

    fn starts_a_client(&mut self) -> Program {
        let (stream, framing) = (TcpStream::connect(self.address), self.framing);
        let stream = stream.expect("it listens");
        Program::start(move |keys, screen| client::talk(stream, framing, keys, screen))
    }

    fn interrupt(&mut self) {
        self.server.keys.end();
        self.door.close();
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        // A server whose test has failed must end, too.
        self.interrupt();
    }
}
