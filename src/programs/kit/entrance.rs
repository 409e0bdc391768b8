//! Where clients come in, one after the other, until the server is closed from elsewhere.

use super::listening::{is_full, is_passing, listen};
use crate::sync::{Mutex, thread};
use std::collections::HashMap;
use std::io;
use std::mem;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// How long to wait while the machine has no room for another client.
pub(crate) const PAUSE: Duration = Duration::from_millis(20);

/// Where a server listens.
pub(crate) struct Entrance {
    listener: TcpListener,
    door: Arc<Door>,
}

/// How a server parts from its clients when it ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parting {
    /// How long those who have come may still be heard.
    pub(crate) patience: Duration,
    /// What is closed then of their connections, so that their threads wait no longer.
    pub(crate) closes: Shutdown,
}

impl Entrance {
    /// Listens at an address such as `127.0.0.1:46001`; port 0 is any free one.
    ///
    /// # Errors
    /// If nobody can listen there, says where and why.
    pub(crate) fn open(address: &str, parting: Parting) -> io::Result<Self> {
        let why = |error: io::Error| {
            io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
        };
        let listener = listen(address).map_err(why)?;
        let address = listener.local_addr()?;
        let door = Arc::new(Door {
            address,
            parting,
            guests: Mutex::new(Guests::default()),
        });
        Ok(Entrance { listener, door })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.door.address
    }

    /// What closes it, from another thread.
    pub(crate) fn door(&self) -> &Arc<Door> {
        &self.door
    }

    /// Waits for the next client. When the door has been closed, those follow who had come before;
    /// then nobody.
    ///
    /// # Errors
    /// If no more clients can come. The door is closed then.
    pub(crate) fn next(&self) -> io::Result<Option<Guest>> {
        while self.door.is_open() {
            match self.listener.accept() {
                Ok((stream, peer)) => return Ok(Some(self.door.let_in(stream, peer))),
                Err(error) if is_passing(&error) => {}
                // Until a client leaves there is nothing to be done.
                Err(error) if is_full(&error) => thread::sleep(PAUSE),
                Err(error) => {
                    self.door.close();
                    return Err(error);
                }
            }
        }
        self.listener.set_nonblocking(true)?;
        let Ok((stream, peer)) = self.listener.accept() else {
            return Ok(None);
        };
        stream.set_nonblocking(false)?;
        Ok(Some(self.door.let_in(stream, peer)))
    }
}

/// Where clients come in, while it is open.
pub struct Door {
    address: SocketAddr,
    parting: Parting,
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

/// Whether clients come in.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum State {
    /// They do.
    #[default]
    Open,
    /// Nobody is served any more who comes now.
    Closing,
    /// Nobody is heard any more.
    Closed,
}

/// A client that has come in. It is no guest any more once this is dropped.
pub(crate) struct Guest {
    pub(crate) stream: Arc<TcpStream>,
    pub(crate) peer: SocketAddr,
    /// The door, when this one came.
    pub(crate) arrived: State,
    number: u64,
    door: Arc<Door>,
}

impl Guest {
    /// False once the door has parted from it.
    pub(crate) fn is_heard(&self) -> bool {
        self.door.guests.lock().door != State::Closed
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.door.guests.lock().streams.remove(&self.number);
    }
}

impl Door {
    /// Ends the server: nobody else is served, and who has been let in is parted from.
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
        thread::sleep(self.parting.patience);
        let mut guests = self.guests.lock();
        guests.door = State::Closed;
        for stream in mem::take(&mut guests.streams).into_values() {
            // How the client is sent away is up to its thread. It does not matter if this fails: who
            // is gone need not be sent away.
            let _ = stream.shutdown(self.parting.closes);
        }
    }

    /// True until it is closed.
    pub(crate) fn is_open(&self) -> bool {
        self.guests.lock().door == State::Open
    }

    /// Notes a client down, unless nobody is heard any more.
    fn let_in(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr) -> Guest {
        let stream = Arc::new(stream);
        let mut guests = self.guests.lock();
        guests.number += 1;
        let (number, arrived) = (guests.number, guests.door);
        if arrived != State::Closed {
            guests.streams.insert(number, Arc::clone(&stream));
        }
        Guest {
            stream,
            peer,
            arrived,
            number,
            door: Arc::clone(self),
        }
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

// Under loom `kata::sync` works only inside a check, and sockets cannot be explored.
#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Read};

    /// An entrance that parts at once.
    fn entrance(closes: Shutdown) -> Entrance {
        let parting = Parting {
            patience: Duration::ZERO,
            closes,
        };
        Entrance::open("127.0.0.1:0", parting).expect("a free port")
    }

    fn call(entrance: &Entrance) -> TcpStream {
        TcpStream::connect(entrance.address()).expect("an entrance")
    }

    #[test]
    fn who_came_before_it_closed_comes_in_and_is_told_from_the_others() {
        let entrance = entrance(Shutdown::Both);
        let _first = call(&entrance);
        let first = entrance.next().unwrap().expect("a client");
        assert_eq!(first.arrived, State::Open);
        let second = call(&entrance);
        entrance.door().close();
        let late = entrance.next().unwrap().expect("who came too late");
        assert_eq!(late.peer, second.local_addr().unwrap());
        assert_eq!(late.arrived, State::Closed);
        // The call by which the door wakes the server.
        let own = entrance.next().unwrap();
        assert!(own.is_some_and(|own| own.arrived == State::Closed));
        assert!(entrance.next().unwrap().is_none());
    }

    #[test]
    fn a_server_that_waits_for_a_client_learns_that_it_is_closed() {
        let entrance = entrance(Shutdown::Both);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| entrance.next().map(|guest| guest.is_some()));
            entrance.door().close();
            assert!(waiting.join().unwrap().is_ok());
        });
        while entrance.next().unwrap().is_some() {}
        assert!(!entrance.door().is_open());
    }

    #[test]
    fn those_who_are_inside_are_parted_from_as_the_server_asks() {
        for (closes, sees_the_end) in [(Shutdown::Both, true), (Shutdown::Read, false)] {
            let entrance = entrance(closes);
            let mut client = call(&entrance);
            let guest = entrance.next().unwrap().expect("a client");
            entrance.door().close();
            // The server's thread hears nothing more.
            assert_eq!((&*guest.stream).read(&mut [0]).unwrap(), 0);
            client.set_nonblocking(!sees_the_end).unwrap();
            let heard = client.read(&mut [0]).map_err(|error| error.kind());
            let expected = sees_the_end.then_some(0).ok_or(ErrorKind::WouldBlock);
            assert_eq!(heard, expected, "{closes:?}");
        }
    }

    #[test]
    fn who_has_left_is_no_guest_any_more() {
        let entrance = entrance(Shutdown::Both);
        let _client = call(&entrance);
        let guest = entrance.next().unwrap().expect("a client");
        let stream = Arc::clone(&guest.stream);
        drop(guest);
        // Only this test and nobody else holds the connection.
        assert_eq!(Arc::strong_count(&stream), 1);
    }

    #[test]
    fn an_address_where_nobody_can_listen_is_named() {
        let taken = entrance(Shutdown::Both).listener;
        let address = taken.local_addr().unwrap().to_string();
        let parting = Parting {
            patience: Duration::ZERO,
            closes: Shutdown::Both,
        };
        let error = Entrance::open(&address, parting).err().expect("a refusal");
        assert_eq!(error.kind(), ErrorKind::AddrInUse);
        assert!(error.to_string().contains(&address), "{error}");
    }
}
