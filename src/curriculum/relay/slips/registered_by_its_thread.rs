//! "Its own thread puts the client into the table." That thread has started, but has not come to it
//! yet: what is said meanwhile the client misses.

slip! {
    RegisteredByItsThread,
    caught_by: others_hear_and_the_speaker_does_not,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use std::sync::Arc;

/// Is in the table from the first thing that its thread does.
struct RegisteredByItsThread {
    capacity: usize,
    table: Mutex<Table>,
    newcomers: Mutex<Vec<(Name, Client)>>,
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

impl RegisteredByItsThread {
    fn register(&self, client: Name) {
        let mut newcomers = self.newcomers.lock();
        let place = newcomers.iter().position(|(name, _)| *name == client);
        let newcomer = place.map(|place| newcomers.remove(place));
        self.table.lock().clients.extend(newcomer);
    }
}

impl Relay for RegisteredByItsThread {
    fn new(capacity: usize, _patience: Duration) -> Self {
        RegisteredByItsThread {
            capacity: capacity.max(1),
            table: Mutex::default(),
            newcomers: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        welcome(&outbox);
        let mut newcomers = self.newcomers.lock();
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        newcomers.push((name, client(wire, (outbox, inbox))));
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        self.register(speaker);
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
        self.register(client);
        if let Some(client) = self.table.lock().client(client) {
            client.depart(Departure::Left);
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        self.register(client);
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
