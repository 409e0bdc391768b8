//! The program `stock-server`: a thread for each client, and one stock.

use super::connection::{Connection, turn_away};
use super::log::Log;
use crate::curriculum::stock::Stock;
use crate::curriculum::stock::solution::Locked;
use crate::programs::kit::entrance::{Door, Entrance, Guest, PAUSE, Parting, State};
use crate::programs::kit::threads::start;
use crate::programs::kit::visible::Address;
use crate::sync::thread::{self, Scope};
use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take over its order.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Those who have come may take so long over their order when the server ends: before they have sent
/// it the original client does not expect to be sent away. Then nothing more is heard of them.
const PARTING: Parting = Parting {
    patience: Duration::from_millis(50),
    closes: Shutdown::Read,
};

/// A server that listens, and has not begun to serve.
pub struct Server(Entrance);

impl Server {
    /// Listens at an address such as `127.0.0.1:46001`; port 0 is any free one.
    ///
    /// # Errors
    /// If nobody can listen there, says where and why.
    pub fn listen(address: &str) -> io::Result<Self> {
        Entrance::open(address, PARTING).map(Server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// Ends the server, from another thread.
    pub fn door(&self) -> Arc<Door> {
        Arc::clone(self.0.door())
    }

    /// Serves until the last of so many bottles is handed over, or until its door is closed.
    /// Nobody waits for whoever reads `out`: what is too much is left out, and how much that was is
    /// printed. If `out` fails, `failed` is told why, and the sale goes on.
    ///
    /// Returns whether everything has been printed.
    ///
    /// A client that takes longer than `patience` over its order is refused. Clients that are not
    /// served when the server ends are dropped.
    ///
    /// # Errors
    /// If no more clients can come, not if one of them fails.
    pub fn serve(
        self,
        bottles: u32,
        patience: Duration,
        out: &mut (dyn Write + Send),
        failed: impl FnOnce(io::Error) + Send,
    ) -> io::Result<bool> {
        let shop = Shop {
            stock: Locked::new(bottles, {
                let door = self.door();
                Box::new(move || door.close())
            }),
            log: Log::new(bottles),
            patience,
        };
        if bottles == 0 {
            self.0.door().close();
        }
        shop.log.note("Serveur démarré");
        let printer = shop.log.printer();
        thread::scope(|scope| {
            let printing = start(scope, || printer.print(out, failed))?;
            // Whatever happens, the printer learns of the end.
            let ending = printer.ending();
            let served = thread::scope(|scope| shop.serve(scope, &self.0));
            drop(ending);
            let is_complete = printing.join().expect("printing does not panic");
            served.map(|()| is_complete)
        })
    }
}

/// What the threads share.
struct Shop {
    stock: Locked,
    log: Log,
    /// How long a client may take over its order.
    patience: Duration,
}

impl Shop {
    /// Starts a thread for each client that comes, while the door is open.
    fn serve<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        entrance: &'scope Entrance,
    ) -> io::Result<()> {
        while let Some(guest) = entrance.next()? {
            if guest.arrived == State::Open {
                let peer = Address(guest.peer);
                self.log.note(&format!("\nServeur connecté par {peer}"));
            }
            let stream = Arc::clone(&guest.stream);
            if start(scope, || self.attend(guest)).is_err() {
                // The machine has no room for another thread: others may still be served.
                turn_away(&stream);
                thread::sleep(PAUSE);
            }
        }
        Ok(())
    }

    /// Serves a client; one that comes too late is heard, and sent away.
    fn attend(&self, guest: Guest) {
        let mut client = Connection {
            stream: &guest.stream,
            peer: guest.peer,
            patience: self.patience,
            log: &self.log,
        };
        match guest.arrived {
            State::Open => self.stock.serve(&mut client),
            State::Closing => client.hear_and_refuse(),
            State::Closed => turn_away(&guest.stream),
        }
    }
}
