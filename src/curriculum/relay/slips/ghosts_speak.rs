//! "Only clients speak." One that has been dropped does not know it yet.

slip! {
    GhostsSpeak,
    caught_by: nothing_is_missed,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use std::sync::Arc;

/// Does not ask whether the speaker is still there.
struct GhostsSpeak {
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

impl Relay for GhostsSpeak {
    fn new(capacity: usize, _patience: Duration) -> Self {
        GhostsSpeak {
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
        table.clients.push((name, client));
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message = message(speaker, text);
        for (name, client) in &mut self.table.lock().clients {
            if *name != speaker {
                put(client, &message);
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
    fn client(&mut self, name: Name) -> Option<&mut Client> {
        let mut clients = self.clients.iter_mut();
        let (_, client) = clients.find(|(other, _)| *other == name)?;
        Some(client)
    }

    fn remove(&mut self, name: Name) -> Option<Client> {
        let place = self.clients.iter().position(|(other, _)| *other == name)?;
        Some(self.clients.remove(place).1)
    }

    /// # Panics
    /// Panics if nobody has that name, or if somebody delivers to it already.
    fn take_inbox(&mut self, name: Name) -> (Receiver<Text>, Arc<dyn Wire>) {
        let client = self.client(name).expect("a client that has joined");
        let inbox = client.inbox.take().expect("nobody else delivers to it");
        (inbox, Arc::clone(&client.wire))
    }
}

fn message(speaker: Name, text: &str) -> Text {
    format!("{speaker}> {text}").into()
}

/// Puts the message into the outbox of a client that is there, and drops the client if it is full.
fn put(client: &mut Client, message: &Text) {
    let Some(outbox) = &client.outbox else {
        return;
    };
    if outbox.try_send(Arc::clone(message)).is_err() {
        client.depart(Departure::Stalled);
        client.wire.cut();
    }
}
