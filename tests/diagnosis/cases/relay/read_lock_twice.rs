//! xacrimon/dashmap#195, feldera#3308, parking_lot's documentation: a thread that has a read lock
//! asks for it again, while a writer waits. With parking_lot (which kata::sync is, outside of
//! explorations) the second read waits for the writer, and the writer for the first read.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::{Condvar, Mutex, RwLock};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

struct Client {
    wire: Arc<dyn Wire>,
    outbox: Mutex<(VecDeque<Text>, Option<Departure>)>,
    changed: Condvar,
}

struct Server {
    capacity: usize,
    /// One order for all: who speaks or leaves holds this.
    floor: Mutex<()>,
    clients: RwLock<BTreeMap<Name, Arc<Client>>>,
}

impl Server {
    fn client(&self, name: Name) -> Arc<Client> {
        Arc::clone(&self.clients.read()[&name])
    }
}

impl Relay for Server {
    fn new(capacity: usize, _: std::time::Duration) -> Self {
        Server { capacity: capacity.max(1), floor: Mutex::new(()), clients: RwLock::new(BTreeMap::new()) }
    }
    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let client = Client {
            wire,
            outbox: Mutex::new((VecDeque::from([WELCOME.into()]), None)),
            changed: Condvar::new(),
        };
        // The writer that comes in between.
        let mut clients = self.clients.write();
        let name = Name(clients.len() as u64 + 1);
        clients.insert(name, Arc::new(client));
        name
    }
    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let _floor = self.floor.lock();
        let clients = self.clients.read();
        for name in clients.keys() {
            // Asks again for what it has: self.client() reads, too.
            if self.client(speaker).outbox.lock().1.is_some() {
                return;
            }
            if *name == speaker {
                continue;
            }
            let client = self.client(*name);
            let mut outbox = client.outbox.lock();
            if outbox.1.is_some() {
                continue;
            }
            if outbox.0.len() == self.capacity {
                outbox.1 = Some(Departure::Stalled);
                client.wire.cut();
            } else {
                outbox.0.push_back(Arc::clone(&message));
            }
            client.changed.notify_all();
        }
    }
    fn leave(&self, name: Name) {
        let _floor = self.floor.lock();
        let client = self.client(name);
        client.outbox.lock().1.get_or_insert(Departure::Left);
        client.changed.notify_all();
    }
    fn deliver(&self, name: Name) -> Departure {
        let client = self.client(name);
        let departure = loop {
            let mut outbox = client.outbox.lock();
            while outbox.0.is_empty() && outbox.1.is_none() {
                client.changed.wait(&mut outbox);
            }
            let Some(text) = outbox.0.pop_front() else {
                break outbox.1.unwrap();
            };
            drop(outbox);
            if client.wire.write(&[text]).is_err() {
                break *client.outbox.lock().1.get_or_insert(Departure::Lost);
            }
        };
        departure
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::relay::checks::<Server>()
}
