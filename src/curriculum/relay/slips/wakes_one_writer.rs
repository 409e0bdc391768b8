//! "One text, one writer to wake." All of them wait for the same condvar: the one that wakes may
//! not be the one for whom there is something.

slip! {
    WakesOneWriter,
    caught_by: who_leaves_hears_the_rest,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::channel::{self, Receiver, Sender, TryRecvError};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// All writers wait for the same condvar, and one of them is woken.
struct WakesOneWriter {
    capacity: usize,
    table: Mutex<Table>,
    changed: Condvar,
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

impl WakesOneWriter {
    fn pass_on(&self, speaker: Name, text: &str) {
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
}

impl Relay for WakesOneWriter {
    fn new(capacity: usize, _patience: Duration) -> Self {
        WakesOneWriter {
            capacity: capacity.max(1),
            table: Mutex::default(),
            changed: Condvar::new(),
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
        self.pass_on(speaker, text);
        self.changed.notify_one();
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.table.lock().client(client) {
            client.depart(Departure::Left);
        }
        self.changed.notify_one();
    }

    fn deliver(&self, client: Name) -> Departure {
        let (inbox, wire) = self.table.lock().take_inbox(client);
        let mut table = self.table.lock();
        loop {
            let text = match inbox.try_recv() {
                Ok(text) => text,
                Err(TryRecvError::Disconnected) => break,
                Err(TryRecvError::Empty) => {
                    self.changed.wait(&mut table);
                    continue;
                }
            };
            drop(table);
            let written = wire.write(&[text]);
            table = self.table.lock();
            if written.is_err() {
                break;
            }
        }
        drop(table);
        departure(self, client)
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

fn departure(relay: &WakesOneWriter, client: Name) -> Departure {
    let left = relay.table.lock().remove(client);
    let departure = left.and_then(|client| client.departure);
    departure.unwrap_or(Departure::Lost)
}
