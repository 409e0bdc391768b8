//! The programs without sockets: calls and lines in memory.

use super::program::{Program, Room};
use crate::programs::dialogue::{client, server};
use crate::programs::kit::calls::Calls;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::{Caller, Exchange, Remote, Wire};

/// A server whose clients are in this process, with nothing in between.
pub struct Memory {
    server: Program,
    exchange: Exchange,
    wires: Vec<Wire>,
    framing: Framing,
}

impl Memory {
    pub fn open(framing: Framing) -> Box<dyn Room> {
        let exchange = Exchange::default();
        let calls = exchange.clone();
        let server =
            Program::start(move |keys, screen| server::serve(&calls, framing, keys, screen));
        Box::new(Memory {
            server,
            exchange,
            wires: Vec::new(),
            framing,
        })
    }

    fn next_wire(&mut self) -> Wire {
        let wire = self.exchange.ring();
        self.wires.push(wire.clone());
        wire
    }
}

impl Room for Memory {
    fn server(&mut self) -> &mut Program {
        &mut self.server
    }

    fn ring(&mut self) -> Box<dyn Remote> {
        Box::new(Caller {
            wire: self.next_wire(),
            framing: self.framing,
        })
    }

    fn starts_a_client(&mut self) -> Program {
        let (line, framing) = (self.next_wire().clients_end(), self.framing);
        Program::start(move |keys, screen| client::talk(line, framing, keys, screen))
    }

    fn interrupt(&mut self) {
        self.server.keys.end();
        self.exchange.close();
        self.wires.iter().for_each(Wire::deafen);
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // A server whose test has failed must end, too.
        self.interrupt();
    }
}
