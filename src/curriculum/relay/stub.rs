//! The chat relay: what one client says all others hear, in one order.
//!
//! This version is the textbook's: whoever speaks writes to all the others. Change `Server` so that
//! it keeps the contract of `kata::relay::Relay`; everything in `kata::sync` is yours: `Mutex`,
//! `Condvar`, `channel`, `thread`, ...
//!
//!     cargo kata check relay    checks this file, and draws what goes wrong
//!     cargo kata brief relay    explains the problem
//!     cargo kata                shows where you stand

use kata::relay::{Departure, Name, Relay, WELCOME, Wire};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

struct Server {
    table: Mutex<Table>,
    changed: Condvar,
}

struct Table {
    arrivals: u64,
    clients: Vec<(Name, Arc<dyn Wire>)>,
}

impl Relay for Server {
    fn new(_capacity: usize, _patience: Duration) -> Self {
        let table = Table {
            arrivals: 0,
            clients: Vec::new(),
        };
        Server {
            table: Mutex::new(table),
            changed: Condvar::new(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        table.clients.push((name, Arc::clone(&wire)));
        drop(table);
        wire.write(&[WELCOME.into()])
            .expect("a client that listens");
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        for (name, wire) in &self.table.lock().clients {
            if *name != speaker {
                let message = format!("{speaker}> {text}").into();
                wire.write(&[message]).expect("a client that listens");
            }
        }
    }

    fn leave(&self, client: Name) {
        let mut table = self.table.lock();
        table.clients.retain(|(name, _)| *name != client);
        self.changed.notify_all();
    }

    fn deliver(&self, client: Name) -> Departure {
        let mut table = self.table.lock();
        while table.clients.iter().any(|(name, _)| *name == client) {
            self.changed.wait(&mut table);
        }
        Departure::Left
    }
}

fn main() -> std::process::ExitCode {
    kata::relay::check::<Server>()
}
