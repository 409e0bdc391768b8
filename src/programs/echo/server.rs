//! `echo-server`: a thread for each client, and one that prints.

use super::desk::Desk;
use crate::curriculum::echo::EchoServer;
use crate::curriculum::echo::solution::Threads;
use crate::programs::kit::entrance::{Entrance, Parting};
use crate::programs::kit::framing::Framing;
use crate::programs::kit::printer::{Printed, Printer};
use crate::sync::time::{Duration, Instant};
use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;

/// How long the server waits at its end for who reads what it has printed.
const PATIENCE: Duration = Duration::from_secs(2);

/// Nobody is heard any more once the server ends.
const PARTING: Parting = Parting {
    patience: Duration::ZERO,
    closes: Shutdown::Both,
};

/// A server that listens, and has not begun to serve.
pub struct Server {
    threads: Arc<Threads>,
    entrance: Entrance,
}

impl Server {
    /// Listens at an address such as `127.0.0.1:4567`; port 0 is any free one.
    ///
    /// # Errors
    /// If nobody can listen there, says where and why.
    pub fn listen(address: &str) -> io::Result<Self> {
        Ok(Server {
            threads: Arc::new(Threads::new()),
            entrance: Entrance::open(address, PARTING)?,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.entrance.address()
    }

    /// What stops it, from another thread.
    pub fn stop(&self) -> impl Fn() + Send + use<> {
        let threads = Arc::clone(&self.threads);
        move || threads.stop()
    }

    /// Serves until it is stopped. Prints to `out` who comes in; nobody waits for whoever reads that:
    /// what is too much is left out, and how much that was is printed. If `out` fails, `failed` is told
    /// why, and the server goes on.
    ///
    /// Returns what has come of all that was to be printed.
    ///
    /// # Errors
    /// Those of the system, if no more clients can come.
    pub fn serve(
        self,
        framing: Framing,
        out: impl Write + Send + 'static,
        failed: impl FnOnce(io::Error) + Send + 'static,
    ) -> io::Result<Printed> {
        let printer = Printer::start(out, failed)?;
        let desk = Arc::new(Desk::new(self.entrance, framing, Arc::clone(&printer)));
        let listener: Arc<Desk<Entrance>> = Arc::clone(&desk);
        self.threads.serve(listener);
        let printed = printer.close(Instant::now() + PATIENCE);
        match desk.failure() {
            Some(failure) => Err(failure),
            None => Ok(printed),
        }
    }
}
