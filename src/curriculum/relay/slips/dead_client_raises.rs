//! "Sending works." Not to a client whose connection has broken: its error ends the thread of the
//! one who spoke.

slip! {
    DeadClientRaises,
    caught_by: a_lost_client_harms_nobody,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use std::sync::Arc;

/// Believes that every write succeeds.
struct DeadClientRaises {
    capacity: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    arrivals: u64,
    /// Those who are present, and those to whom something may still be delivered.
    clients: Vec<(Name, Client)>,
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
    fn client(&mut self, name: Name) -> Option<&mut Client> {
        let mut clients = self.clients.iter_mut();
        let (_, client) = clients.find(|(other, _)| *other == name)?;
        Some(client)
    }

    fn remove(&mut self, name: Name) -> Option<Client> {
        let place = self.clients.iter().position(|(other, _)| *other == name)?;
        Some(self.clients.remove(place).1)
    }

    fn is_present(&self, name: Name) -> bool {
        let mut clients = self.clients.iter();
        clients.any(|(other, client)| *other == name && client.outbox.is_some())
    }
}

impl Relay for DeadClientRaises {
    fn new(capacity: usize, _patience: Duration) -> Self {
        DeadClientRaises {
            capacity: capacity.max(1),
            table: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        let welcomed = outbox.send(WELCOME.into());
        assert!(welcomed.is_ok(), "the other end is in hand");
        let to_client = Arc::clone(&wire);
        let client = Client {
            wire,
            outbox: Some(outbox),
            inbox: Some(inbox),
            departure: None,
        };
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        // Who does not even get this one is found out later.
        let _ = to_client.write(&[WELCOME.into()]);
        table.clients.push((name, client));
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let table = self.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &table.clients {
            if *name != speaker && client.outbox.is_some() {
                let message = format!("{speaker}> {text}").into();
                let written = client.wire.write(&[message]);
                written.expect("a client that has not left");
            }
        }
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.table.lock().client(client) {
            client.depart(Departure::Left);
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let (inbox, _) = self.table.lock().take_inbox(client);
        while inbox.recv().is_ok() {}
        let left = self.table.lock().remove(client);
        let departure = left.and_then(|client| client.departure);
        departure.unwrap_or(Departure::Lost)
    }
}

impl Table {
    /// # Panics
    /// Panics if nobody has that name, or if somebody delivers to it already.
    fn take_inbox(&mut self, name: Name) -> (Receiver<Text>, Arc<dyn Wire>) {
        let client = self.client(name).expect("a client that has joined");
        let inbox = client.inbox.take().expect("nobody else delivers to it");
        (inbox, Arc::clone(&client.wire))
    }
}
