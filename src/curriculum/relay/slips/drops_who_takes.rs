//! "Patience is over and there is no room, so it is dropped." It has made room meanwhile, and somebody
//! else was quicker to take it.

slip! {
    DropsWhoTakes,
    caught_by: who_takes_something_is_kept,
    generated: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// A monitor: a table of clients with their outboxes, and one condvar for all who wait.
struct DropsWhoTakes {
    capacity: usize,
    patience: Duration,
    table: Mutex<Table>,
    changed: Condvar,
}

#[derive(Default)]
struct Table {
    arrivals: u64,
    /// Those who are present, and those to whom something may still be delivered.
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

    /// Those whom the speaker has to wait for.
    fn full(&mut self, speaker: Name, capacity: usize) -> Vec<&mut Client> {
        if !self.is_present(speaker) {
            return Vec::new();
        }
        let others = self
            .clients
            .iter_mut()
            .filter(|(name, _)| **name != speaker);
        let present = others.filter(|(_, client)| client.departure.is_none());
        let full = present.filter(|(_, client)| client.outbox.len() >= capacity);
        full.map(|(_, client)| client).collect()
    }
}

impl Relay for DropsWhoTakes {
    fn new(capacity: usize, patience: Duration) -> Self {
        DropsWhoTakes {
            capacity: capacity.max(1),
            patience,
            table: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let client = Client {
            wire,
            outbox: vec![WELCOME.into()],
            departure: None,
        };
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        table.clients.insert(name, client);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let mut table = self.table.lock();
        let is_blocked = |table: &mut Table| !table.full(speaker, self.capacity).is_empty();
        let waited = (self.changed).wait_while_for(&mut table, is_blocked, self.patience);
        if waited.timed_out() {
            for client in table.full(speaker, self.capacity) {
                client.departure = Some(Departure::Stalled);
                client.wire.cut();
            }
        }
        if table.is_present(speaker) {
            for (name, client) in &mut table.clients {
                if *name != speaker && client.departure.is_none() {
                    client.outbox.push(Arc::clone(&message));
                }
            }
        }
        self.changed.notify_all();
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.table.lock().clients.get_mut(&client) {
            client.departure.get_or_insert(Departure::Left);
            self.changed.notify_all();
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let mut table = self.table.lock();
        loop {
            let own = table.clients.get_mut(&client);
            let own = own.expect("a client that has joined");
            if own.outbox.is_empty() {
                match own.departure {
                    None => self.changed.wait(&mut table),
                    Some(departure) => {
                        table.clients.remove(&client);
                        return departure;
                    }
                }
                continue;
            }
            let (wire, texts) = (Arc::clone(&own.wire), mem::take(&mut own.outbox));
            self.changed.notify_all();
            drop(table);
            let written = wire.write(&texts);
            table = self.table.lock();
            if written.is_err() {
                let lost = table.clients.remove(&client);
                self.changed.notify_all();
                let departure = lost.and_then(|client| client.departure);
                return departure.unwrap_or(Departure::Lost);
            }
        }
    }
}
