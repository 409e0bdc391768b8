//! One lock for all, and writers that park until they are unparked.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::thread::{self, Thread};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What is checked.
pub type Solution = ParkedWriters;

/// One lock for all, which nobody holds while it waits.
pub struct ParkedWriters {
    capacity: usize,
    arrivals: AtomicU64,
    clients: Mutex<BTreeMap<Name, Client>>,
}

struct Client {
    wire: Arc<dyn Wire>,
    waiting: VecDeque<Text>,
    /// Who delivers, once somebody does.
    writer: Option<Thread>,
    departure: Option<Departure>,
}

impl Client {
    fn depart(&mut self, how: Departure) {
        self.departure.get_or_insert(how);
        self.wake();
    }

    fn wake(&self) {
        if let Some(writer) = &self.writer {
            writer.unpark();
        }
    }
}

impl Relay for ParkedWriters {
    fn new(capacity: usize) -> Self {
        ParkedWriters {
            capacity: capacity.max(1),
            arrivals: AtomicU64::new(0),
            clients: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        // Relaxed: it publishes nothing, and its updates have one order on which all agree.
        let name = Name(self.arrivals.fetch_add(1, Relaxed) + 1);
        let client = Client {
            wire,
            waiting: VecDeque::from([WELCOME.into()]),
            writer: None,
            departure: None,
        };
        self.clients.lock().insert(name, client);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let mut clients = self.clients.lock();
        let own = clients.get(&speaker);
        if own.is_none_or(|own| own.departure.is_some()) {
            return;
        }
        for (name, client) in clients.iter_mut() {
            if *name == speaker || client.departure.is_some() {
                continue;
            }
            if client.waiting.len() == self.capacity {
                client.depart(Departure::Stalled);
                client.wire.cut();
            } else {
                client.waiting.push_back(Arc::clone(&message));
                client.wake();
            }
        }
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.clients.lock().get_mut(&client) {
            client.depart(Departure::Left);
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let wire = {
            let mut clients = self.clients.lock();
            let client = clients.get_mut(&client).expect("a client that has joined");
            client.writer = Some(thread::current());
            Arc::clone(&client.wire)
        };
        loop {
            let mut clients = self.clients.lock();
            let own = clients.get_mut(&client).expect("only this call removes it");
            let departure = own.departure;
            let text = own.waiting.pop_front();
            if let (None, Some(departure)) = (&text, departure) {
                clients.remove(&client);
                return departure;
            }
            drop(clients);
            // Who puts something in after this look unparks, and then parking ends at once.
            let Some(text) = text else {
                thread::park();
                continue;
            };
            if wire.write(&[text]).is_err() {
                let own = self.clients.lock().remove(&client);
                let departure = own.and_then(|own| own.departure);
                return departure.unwrap_or(Departure::Lost);
            }
        }
    }
}
