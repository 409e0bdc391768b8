//! "The write fails, so it is lost." It had left before that, and the first cause is what counts.

slip! {
    LostAfterAll,
    caught_by: the_first_cause_counts,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use std::sync::Arc;

/// Reports the broken wire, whatever came before.
struct LostAfterAll {
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

impl Relay for LostAfterAll {
    fn new(capacity: usize, _patience: Duration) -> Self {
        LostAfterAll {
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
        let (departure, is_broken) = write_all(self, client);
        let departure = departure.filter(|how| !is_broken || *how == Departure::Stalled);
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

/// Writes what comes, and then takes the client out of the table; true if the wire broke.
fn write_all(relay: &LostAfterAll, client: Name) -> (Option<Departure>, bool) {
    let (inbox, wire) = relay.table.lock().take_inbox(client);
    let is_broken = inbox.iter().any(|text| wire.write(&[text]).is_err());
    let left = relay.table.lock().remove(client);
    (left.and_then(|client| client.departure), is_broken)
}
