//! "Its outbox is full, so it is too slow." It reads as fast as it can: the one who speaks is too
//! fast. Three readers of a file that somebody pastes are all thrown out.

slip! {
    DropsWhoReads,
    caught_by: who_is_faster_than_its_readers_waits,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A table of clients, each with a channel to whoever delivers to it.
///
/// Who joins, speaks or leaves does so with the table locked: that makes the one order. Nobody
/// waits with the lock held, for a message is put into a channel only if there is room.
struct DropsWhoReads {
    capacity: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    arrivals: u64,
    /// Those who are present, and those to whom something may still be delivered.
    clients: BTreeMap<Name, Client>,
}

struct Client {
    wire: Arc<dyn Wire>,
    /// `None` once it has departed: then its channel ends after what is in there.
    outbox: Option<Sender<Text>>,
    /// `None` once somebody delivers.
    inbox: Option<Receiver<Text>>,
    departure: Option<Departure>,
}

impl Client {
    fn depart(&mut self, how: Departure) {
        if self.outbox.take().is_some() {
            self.departure = Some(how);
        }
    }
}

impl Table {
    fn is_present(&self, name: Name) -> bool {
        self.clients
            .get(&name)
            .is_some_and(|client| client.outbox.is_some())
    }
}

impl Relay for DropsWhoReads {
    fn new(capacity: usize, _patience: Duration) -> Self {
        DropsWhoReads {
            capacity: capacity.max(1),
            table: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        let welcomed = outbox.send(WELCOME.into());
        assert!(welcomed.is_ok(), "the other end is in hand");
        let client = Client {
            wire,
            outbox: Some(outbox),
            inbox: Some(inbox),
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
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &mut table.clients {
            let Some(outbox) = client.outbox.as_ref().filter(|_| *name != speaker) else {
                continue;
            };
            if outbox.try_send(Arc::clone(&message)).is_err() {
                client.depart(Departure::Stalled);
                client.wire.cut();
            }
        }
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.table.lock().clients.get_mut(&client) {
            client.depart(Departure::Left);
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let (inbox, wire) = self.table.lock().take_inbox(client);
        // All that waits is written at once: under load that spares most of the system calls.
        while let Ok(text) = inbox.recv() {
            let mut texts = vec![text];
            while texts.len() < self.capacity
                && let Ok(text) = inbox.try_recv()
            {
                texts.push(text);
            }
            if wire.write(&texts).is_err() {
                break;
            }
        }
        let left = self.table.lock().clients.remove(&client);
        let departure = left.and_then(|client| client.departure);
        departure.unwrap_or(Departure::Lost)
    }
}

impl Table {
    /// # Panics
    /// Panics if nobody has that name, or if somebody delivers to it already.
    fn take_inbox(&mut self, name: Name) -> (Receiver<Text>, Arc<dyn Wire>) {
        let client = self
            .clients
            .get_mut(&name)
            .expect("a client that has joined");
        let inbox = client.inbox.take().expect("nobody else delivers to it");
        (inbox, Arc::clone(&client.wire))
    }
}
