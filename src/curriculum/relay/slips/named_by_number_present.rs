//! "There are two clients, so this is the third." Once somebody has left, the next one gets a name
//! that another one has, or had.

slip! {
    NamedByNumberPresent,
    caught_by: names_are_never_used_again,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use std::sync::Arc;

/// Counts those who are there.
struct NamedByNumberPresent {
    capacity: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
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

impl Relay for NamedByNumberPresent {
    fn new(capacity: usize, _patience: Duration) -> Self {
        NamedByNumberPresent {
            capacity: capacity.max(1),
            table: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        welcome(&outbox);
        let mut table = self.table.lock();
        let clients = table.clients.iter();
        let present = clients
            .filter(|(_, client)| client.outbox.is_some())
            .count();
        let name = Name(present as u64 + 1);
        table.clients.push((name, client(wire, (outbox, inbox))));
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
        if let Some(client) = self.table.lock().client(client) {
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

fn client(wire: Arc<dyn Wire>, (outbox, inbox): (Sender<Text>, Receiver<Text>)) -> Client {
    Client {
        wire,
        outbox: Some(outbox),
        inbox: Some(inbox),
        departure: None,
    }
}

fn welcome(outbox: &Sender<Text>) {
    // Who has gone meanwhile needs no welcome.
    drop(outbox.send(WELCOME.into()));
}
