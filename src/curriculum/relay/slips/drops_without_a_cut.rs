//! "It departs: that is all." Its writer is in a write that will never end, and nobody ends it.

slip! {
    DropsWithoutACut,
    caught_by: a_client_that_takes_nothing_is_dropped,
    engine: EveryOrder,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// Only notes that it is dropped.
struct DropsWithoutACut {
    capacity: usize,
    patience: Duration,
    table: Mutex<Table>,
    /// There is something to write, or somebody has departed.
    news: Condvar,
    /// Something has been taken, or somebody has departed.
    room: Condvar,
}

#[derive(Default)]
struct Table {
    arrivals: u64,
    clients: BTreeMap<Name, Client>,
}

struct Client {
    wire: Arc<dyn Wire>,
    outbox: Vec<Text>,
    /// How often it has taken something.
    takes: u64,
    departure: Option<Departure>,
}

impl Table {
    fn is_present(&self, name: Name) -> bool {
        let client = self.clients.get(&name);
        client.is_some_and(|client| client.departure.is_none())
    }

    fn hearers(&mut self, speaker: Name) -> impl Iterator<Item = (&Name, &mut Client)> {
        let is_heard = self.is_present(speaker);
        let clients = self.clients.iter_mut();
        clients.filter(move |(name, client)| {
            is_heard && **name != speaker && client.departure.is_none()
        })
    }

    /// Those without room, and how often they have taken something.
    fn slow(&mut self, speaker: Name, capacity: usize) -> Vec<(Name, u64)> {
        let slow = self.hearers(speaker);
        let slow = slow.filter(|(_, client)| client.outbox.len() >= capacity);
        slow.map(|(name, client)| (*name, client.takes)).collect()
    }
}

impl Relay for DropsWithoutACut {
    fn new(capacity: usize, patience: Duration) -> Self {
        DropsWithoutACut {
            capacity: capacity.max(1),
            patience,
            table: Mutex::default(),
            news: Condvar::new(),
            room: Condvar::new(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        let client = Client {
            wire,
            outbox: vec![WELCOME.into()],
            takes: 0,
            departure: None,
        };
        table.clients.insert(name, client);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let mut table = self.table.lock();
        let is_blocked = |table: &mut Table| !table.slow(speaker, self.capacity).is_empty();
        loop {
            let slow = table.slow(speaker, self.capacity);
            let waited = (self.room).wait_while_for(&mut table, is_blocked, self.patience);
            if !waited.timed_out() {
                break;
            }
            for (name, client) in table.hearers(speaker) {
                if slow.contains(&(*name, client.takes)) {
                    client.departure = Some(Departure::Stalled);
                }
            }
            self.news.notify_all();
            self.room.notify_all();
        }
        for (_, client) in table.hearers(speaker) {
            client.outbox.push(Arc::clone(&message));
        }
        self.news.notify_all();
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.table.lock().clients.get_mut(&client) {
            client.departure.get_or_insert(Departure::Left);
            self.news.notify_all();
            self.room.notify_all();
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        loop {
            let mut table = self.table.lock();
            let own = table.clients.get_mut(&client).expect("it is there");
            let texts = mem::take(&mut own.outbox);
            if texts.is_empty() {
                if let Some(departure) = own.departure {
                    table.clients.remove(&client);
                    return departure;
                }
                self.news.wait(&mut table);
                continue;
            }
            own.takes += 1;
            let wire = Arc::clone(&own.wire);
            self.room.notify_all();
            drop(table);
            if wire.write(&texts).is_err() {
                let own = self.table.lock().clients.remove(&client);
                self.room.notify_all();
                return own.and_then(|own| own.departure).unwrap_or(Departure::Lost);
            }
        }
    }
}
