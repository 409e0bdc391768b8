//! "To each of them, as soon as it has room." Who waits for the last one has been heard by the first
//! ones already, and somebody else gets in between.

slip! {
    PutsAndWaits,
    caught_by: waiting_for_room_keeps_the_order,
    engine: NobodyNotifies,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// Goes from one to the next.
struct PutsAndWaits {
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

    /// True if this one has no room.
    fn is_full(&mut self, speaker: Name, hearer: Name, capacity: usize) -> bool {
        let mut hearers = self.hearers(speaker);
        hearers.any(|(name, client)| *name == hearer && client.outbox.len() >= capacity)
    }
}

impl Relay for PutsAndWaits {
    fn new(capacity: usize, patience: Duration) -> Self {
        PutsAndWaits {
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
            departure: None,
        };
        table.clients.insert(name, client);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let mut table = self.table.lock();
        let hearers: Vec<Name> = table.hearers(speaker).map(|(name, _)| *name).collect();
        for hearer in hearers {
            let is_full = |table: &mut Table| table.is_full(speaker, hearer, self.capacity);
            let waited = (self.room).wait_while_for(&mut table, is_full, self.patience);
            let mut hearers = table.hearers(speaker);
            if let Some((_, client)) = hearers.find(|(name, _)| **name == hearer) {
                if waited.timed_out() {
                    client.departure = Some(Departure::Stalled);
                    client.wire.cut();
                    self.room.notify_all();
                } else {
                    client.outbox.push(Arc::clone(&message));
                }
            }
            self.news.notify_all();
        }
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
