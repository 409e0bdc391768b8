//! The program `stock-server`: a thread for each client, and one stock.

use super::connection::{Connection, turn_away};
use super::log::{Log, Shown};
use crate::curriculum::stock::Stock;
use crate::curriculum::stock::solution::Locked;
use crate::programs::threads::start;
use crate::sync::Mutex;
use crate::sync::thread::{self, Scope};
use std::collections::HashMap;
use std::io::{self, ErrorKind, Write};
use std::mem;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take over its order.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long those who have come may take over their order when the server ends. Before they have
/// sent it the original client does not expect to be sent away.
const FAREWELL: Duration = Duration::from_millis(50);

/// How long to wait while the machine has no room for another client.
const PAUSE: Duration = Duration::from_millis(20);

/// A server that listens, and has not begun to serve.
pub struct Server {
    listener: TcpListener,
    door: Arc<Door>,
}

impl Server {
    /// Listens at an address such as `127.0.0.1:46001`; port 0 is any free one.
    ///
    /// # Errors
    /// If nobody can listen there, says where and why.
    pub fn listen(address: &str) -> io::Result<Self> {
        let why = |error: io::Error| {
            io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
        };
        let listener = TcpListener::bind(address).map_err(why)?;
        let address = listener.local_addr()?;
        let door = Arc::new(Door {
            address,
            guests: Mutex::new(Guests::default()),
        });
        Ok(Server { listener, door })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.door.address
    }

    /// Ends the server, from another thread.
    pub fn door(&self) -> Arc<Door> {
        Arc::clone(&self.door)
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
            self.door.close();
        }
        shop.log.note("Serveur démarré");
        let printer = shop.log.printer();
        thread::scope(|scope| {
            let printing = start(scope, || printer.print(out, failed))?;
            // Whatever happens, the printer learns of the end.
            let ending = printer.ending();
            let served = thread::scope(|scope| shop.serve(scope, self.listener, &self.door));
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
        listener: TcpListener,
        door: &'scope Door,
    ) -> io::Result<()> {
        while door.is_open() {
            match listener.accept() {
                Ok((stream, peer)) => self.let_in(scope, door, stream, peer),
                Err(error) if is_passing(&error) => {}
                // Until a client leaves there is nothing to be done.
                Err(error) if is_full(&error) => thread::sleep(PAUSE),
                Err(error) => {
                    door.close();
                    return Err(error);
                }
            }
        }
        // Those who have come already and were not let in.
        listener.set_nonblocking(true)?;
        while let Ok((stream, peer)) = listener.accept() {
            stream.set_nonblocking(false)?;
            self.let_in(scope, door, stream, peer);
        }
        Ok(())
    }

    /// Serves a client; one that comes too late is heard, and sent away.
    fn let_in<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        door: &'scope Door,
        stream: TcpStream,
        peer: SocketAddr,
    ) {
        let stream = Arc::new(stream);
        let Some(guest) = door.enter(&stream) else {
            return turn_away(&stream);
        };
        let is_late = !door.is_open();
        if !is_late {
            let peer = Shown(peer);
            self.log.note(&format!("\nServeur connecté par {peer}"));
        }
        let mut client = Connection {
            stream: Arc::clone(&stream),
            peer,
            patience: self.patience,
            log: &self.log,
        };
        let serve = move || {
            if is_late {
                client.hear_and_refuse();
            } else {
                self.stock.serve(&mut client);
            }
            door.leave(guest);
        };
        if start(scope, serve).is_err() {
            // The machine has no room for another thread: others may still be served.
            door.leave(guest);
            turn_away(&stream);
            thread::sleep(PAUSE);
        }
    }
}

/// True if the error concerns this connection only: the server goes on.
fn is_passing(error: &io::Error) -> bool {
    let kinds = [
        ErrorKind::ConnectionAborted,
        ErrorKind::ConnectionReset,
        ErrorKind::Interrupted,
    ];
    kinds.contains(&error.kind())
}

/// True if there are too many connections, here or on the machine.
fn is_full(error: &io::Error) -> bool {
    const ENFILE: i32 = 23;
    const EMFILE: i32 = 24;
    cfg!(unix) && matches!(error.raw_os_error(), Some(ENFILE | EMFILE))
}

/// Where clients come in, while it is open.
pub struct Door {
    address: SocketAddr,
    guests: Mutex<Guests>,
}

/// The clients that are being served.
#[derive(Default)]
struct Guests {
    door: State,
    streams: HashMap<u64, Arc<TcpStream>>,
    /// How many have come.
    number: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Open,
    /// Nobody is served any more who comes now.
    Closing,
    /// Nobody is heard any more.
    Closed,
}

impl Door {
    /// Ends the server: nobody else is served, and who has not been yet is dropped.
    pub fn close(&self) {
        {
            let mut guests = self.guests.lock();
            if guests.door != State::Open {
                return;
            }
            guests.door = State::Closing;
        }
        // The server waits for a client: this one, if no other. If it cannot come in, another has.
        let _ = TcpStream::connect_timeout(&self.reachable(), Duration::from_secs(1));
        thread::sleep(FAREWELL);
        let mut guests = self.guests.lock();
        guests.door = State::Closed;
        for stream in mem::take(&mut guests.streams).into_values() {
            // Nothing more is heard of the client; how it is sent away is up to its thread. It does
            // not matter if this fails: who is gone need not be sent away.
            let _ = stream.shutdown(Shutdown::Read);
        }
    }

    fn is_open(&self) -> bool {
        self.guests.lock().door == State::Open
    }

    /// Notes a client down; `None` if nobody is heard any more.
    fn enter(&self, stream: &Arc<TcpStream>) -> Option<u64> {
        let mut guests = self.guests.lock();
        if guests.door == State::Closed {
            return None;
        }
        guests.number += 1;
        let number = guests.number;
        guests.streams.insert(number, Arc::clone(stream));
        Some(number)
    }

    fn leave(&self, guest: u64) {
        self.guests.lock().streams.remove(&guest);
    }

    /// An address of this machine where the server can be reached.
    fn reachable(&self) -> SocketAddr {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        address
    }
}
