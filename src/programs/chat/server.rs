//! `chat-server`: one thread for all clients, and one for each place where lines are printed.

use super::hall::{Hall, Outputs};
use super::rest::rest_after;
use super::session::Connection;
use crate::curriculum::relay::Name;
use crate::programs::kit::listening::{is_passing, listen};
use crate::programs::kit::printer::{Printed, Printer};
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::time::{Duration, Instant};
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token, Waker};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

pub use super::settings::{MOST_CLIENTS, MOST_TEXTS, Settings};

/// What the listener and the stop sign are called where clients are called by their numbers.
const LISTENER: Token = Token(0);
const STOP: Token = Token(usize::MAX);

/// After an error of the system nobody is let in for so long.
const PAUSE: Duration = Duration::from_millis(100);

/// Those who are let in at a time, so that those who are inside need not wait.
const AT_A_TIME: usize = 64;

/// A server that listens, but lets nobody in yet.
#[derive(Debug)]
pub struct Server {
    poll: Poll,
    listener: TcpListener,
    address: SocketAddr,
    shutdown: ShutdownHandle,
}

/// How to stop a server from elsewhere.
#[derive(Clone, Debug)]
pub struct ShutdownHandle {
    waker: Arc<Waker>,
    is_closed: Arc<AtomicBool>,
}

impl ShutdownHandle {
    /// Lets nobody in any more, and tells those who are there that it is over.
    pub fn close(&self) {
        self.is_closed.store(true, SeqCst);
        // Should it fail, the server sees it when somebody speaks or comes.
        let _ = self.waker.wake();
    }
}

/// Where a server's lines go.
pub struct Printers {
    /// What the original prints.
    pub screen: Box<dyn Write + Send>,
    /// The same, to be kept; and what it is called.
    pub log: Option<(String, Box<dyn Write + Send>)>,
    /// What concerns whoever runs the server.
    pub notices: Box<dyn Write + Send>,
}

impl Printers {
    /// Nobody reads what the server prints.
    pub fn nowhere() -> Self {
        Printers {
            screen: Box::new(io::sink()),
            log: None,
            notices: Box::new(io::sink()),
        }
    }
}

impl Server {
    /// Listens at this address, with as many waiting to be let in as the system allows.
    ///
    /// # Errors
    /// If the address is none, or taken.
    pub fn listen(address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = listen(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), STOP)?);
        let shutdown = ShutdownHandle {
            waker,
            is_closed: Arc::new(AtomicBool::new(false)),
        };
        Ok(Server {
            poll,
            listener: TcpListener::from_std(listener),
            address,
            shutdown,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How to stop it.
    pub fn shutdown(&self) -> ShutdownHandle {
        self.shutdown.clone()
    }

    /// Lets clients in until the server is shut down and all of them are gone. Prints who comes, what
    /// is said and who goes, in the order in which all clients see it. Nobody waits for whoever
    /// reads that: what is too much is left out, and how much that was is printed.
    ///
    /// Returns what has come of all that was to be printed, where it has come to the least.
    ///
    /// # Errors
    /// Those of the system.
    pub fn serve(self, settings: &Settings, printers: Printers) -> io::Result<Printed> {
        let notices = Printer::start(printers.notices, |_| ())?;
        let start = |out, name: String| {
            let notices = notices.clone();
            Printer::start(out, move |error| {
                let notice =
                    format!("cannot write to {name}: {error}; the chat goes on without it");
                notices.line(&notice);
            })
        };
        let mut screen = vec![start(printers.screen, "the screen".to_owned())?];
        if let Some((name, log)) = printers.log {
            screen.push(start(log, name)?);
        }
        let outputs = Outputs { screen, notices };
        outputs.print("Serveur prêt, en attente de requêtes ...");
        let patience = settings.patience;
        let over = Reactor::new(self, settings, outputs.clone())?.run()?;
        // Who does not read does not keep the server from ending.
        let deadline = (over + patience).max(Instant::now() + PAUSE);
        let ended = outputs.screen.iter().map(|it| it.close(deadline));
        // All of them are waited for.
        let printed = ended.fold(Printed::All, Printed::max);
        outputs.notices.close(deadline);
        Ok(printed)
    }
}

impl Connection for TcpStream {
    // See epoll(7): of a stream it announces each arrival, whatever has been read by then.
    const SHORT_READ_IS_LAST: bool = cfg!(target_os = "linux");

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Read::read(self, buffer)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(self, bytes)
    }

    fn shutdown(&self, how: Shutdown) {
        // It may have been closed from the other side.
        let _ = TcpStream::shutdown(self, how);
    }
}

/// What waits for all sockets at once, and serves those that have something.
struct Reactor {
    poll: Poll,
    listener: Option<TcpListener>,
    shutdown: ShutdownHandle,
    hall: Hall<TcpStream>,
    outputs: Outputs,
    /// Somebody may wait to be let in.
    is_wanted: bool,
    /// The system lets nobody in until then.
    paused_until: Option<Instant>,
    /// Somebody has been sent away since the last one was let in.
    was_full: bool,
}

impl Reactor {
    fn new(server: Server, settings: &Settings, outputs: Outputs) -> io::Result<Self> {
        let mut listener = server.listener;
        let registry = server.poll.registry();
        registry.register(&mut listener, LISTENER, Interest::READABLE)?;
        Ok(Reactor {
            poll: server.poll,
            listener: Some(listener),
            shutdown: server.shutdown,
            hall: Hall::new(settings, outputs.clone()),
            outputs,
            is_wanted: true,
            paused_until: None,
            was_full: false,
        })
    }

    /// Serves until the server is shut down and all are gone. Returns when it was shut down.
    fn run(mut self) -> io::Result<Instant> {
        let mut events = Events::with_capacity(1024);
        let mut closed = None;
        let mut now = Instant::now();
        loop {
            let next = self
                .hall
                .next_turn(now)
                .into_iter()
                .chain(self.next_admission(now))
                .min();
            let timeout = next.map(|next| next - now);
            match self.poll.poll(&mut events, timeout) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                result => result?,
            }
            now = Instant::now();
            for event in &events {
                match event.token() {
                    STOP => {}
                    LISTENER => self.is_wanted = true,
                    Token(number) => {
                        let is_writable = event.is_writable() || event.is_write_closed();
                        let name = Name(number as u64);
                        self.hall.is_ready(name, event.is_readable(), is_writable);
                        if event.is_read_closed() {
                            self.hall.is_ending(name);
                        }
                    }
                }
            }
            if closed.is_none() && self.shutdown.is_closed.load(SeqCst) {
                closed = Some(now);
                self.listener = None;
                self.hall.close(now);
            }
            self.let_in(now);
            self.hall.turn(now);
            if let Some(told) = self.hall.told() {
                let end = Instant::now();
                let clients = self.hall.number();
                self.hall
                    .gather_until(end + rest_after(end - now, told, clients));
            }
            if let Some(closed) = closed.filter(|_| self.hall.is_over(now)) {
                return Ok(closed);
            }
        }
    }

    fn next_admission(&self, now: Instant) -> Option<Instant> {
        let is_waited_for = self.is_wanted && self.listener.is_some();
        is_waited_for.then(|| self.paused_until.unwrap_or(now))
    }

    /// Lets in those who wait, and says it if the system does not.
    fn let_in(&mut self, now: Instant) {
        if !self.is_wanted || self.paused_until.is_some_and(|until| now < until) {
            return;
        }
        for _ in 0..AT_A_TIME {
            let Some(listener) = &self.listener else {
                return;
            };
            match listener
                .accept()
                .and_then(|(it, from)| self.admit(it, from))
            {
                Ok(()) => self.goes_on(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.is_wanted = false;
                    return self.goes_on();
                }
                Err(error) if is_passing(&error) => {}
                Err(error) => {
                    if self.paused_until.is_none() {
                        self.notice(format!("cannot let clients in: {error}; they wait"));
                    }
                    self.paused_until = Some(now + PAUSE);
                    return;
                }
            }
        }
    }

    fn goes_on(&mut self) {
        if self.paused_until.take().is_some() {
            self.notice("clients are let in again".to_owned());
        }
    }

    fn admit(&mut self, mut stream: TcpStream, address: SocketAddr) -> io::Result<()> {
        stream.set_nodelay(true)?;
        if self.hall.is_full() {
            // Who does not even get this one has gone by itself.
            self.hall.refuse(stream, "Serveur complet.");
            if !std::mem::replace(&mut self.was_full, true) {
                self.outputs.print("Serveur complet.");
            }
            return Ok(());
        }
        self.was_full = false;
        let token = Token(self.hall.next_name().0 as usize);
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll
            .registry()
            .register(&mut stream, token, interest)?;
        self.hall.admit(address, stream);
        Ok(())
    }

    fn notice(&self, notice: String) {
        self.outputs.notices.line(&notice);
    }
}
