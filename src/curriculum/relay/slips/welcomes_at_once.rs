//! "Who joins is welcomed at once." By the thread that listens to it, which may not wait for it; and
//! two threads write to one wire.

slip! {
    WelcomesAtOnce,
    caught_by: only_deliver_writes,
    engine: OneThread,
    loom: OneThread,
}

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// A monitor: a table of clients with their outboxes, and where to wait for a change.
///
/// Who joins, speaks or leaves does so with the table locked: that makes the one order. Who waits
/// does it at a condvar, which gives the table back.
struct WelcomesAtOnce {
    capacity: usize,
    patience: Duration,
    table: Mutex<Table>,
    /// Somebody has taken what was in its outbox, or has departed.
    room: Condvar,
}

#[derive(Default)]
struct Table {
    arrivals: u64,
    /// Those who are present, and those to whom something may still be delivered.
    clients: BTreeMap<Name, Client>,
}

struct Client {
    wire: Arc<dyn Wire>,
    outbox: VecDeque<Text>,
    /// How often it has taken something.
    takes: u64,
    departure: Option<Departure>,
    /// There is something in the outbox, or it has departed.
    news: Arc<Condvar>,
}

/// A client without room, and how often it had taken something by then.
type Slow = (Name, u64);

/// What there is to be written to a client.
enum Taken {
    /// These texts; if there are none, something may yet come.
    Texts(Vec<Text>),
    /// All has been written, and it has departed.
    Gone(Departure),
}

impl Client {
    /// Only the first departure counts.
    fn depart(&mut self, how: Departure) -> Departure {
        self.news.notify_all();
        *self.departure.get_or_insert(how)
    }
}

impl Table {
    fn is_present(&self, name: Name) -> bool {
        let client = self.clients.get(&name);
        client.is_some_and(|client| client.departure.is_none())
    }

    /// Those whom the speaker has to wait for.
    fn slow(&self, speaker: Name, capacity: usize) -> Vec<Slow> {
        if !self.is_present(speaker) {
            return Vec::new();
        }
        let has_none = |client: &Client| client.outbox.len() >= capacity;
        let clients = self.clients.iter();
        let slow = clients.filter(|(name, client)| {
            **name != speaker && client.departure.is_none() && has_none(client)
        });
        slow.map(|(name, client)| (*name, client.takes)).collect()
    }

    fn put(&mut self, speaker: Name, message: &Text) {
        for (name, client) in &mut self.clients {
            if *name != speaker && client.departure.is_none() {
                client.outbox.push_back(Arc::clone(message));
                client.news.notify_one();
            }
        }
    }

    /// Takes all texts out of the outbox.
    fn take(&mut self, name: Name) -> Taken {
        let client = self.clients.get_mut(&name).expect("a client that is there");
        let texts: Vec<Text> = client.outbox.drain(..).collect();
        match client.departure {
            Some(departure) if texts.is_empty() => {
                self.clients.remove(&name);
                Taken::Gone(departure)
            }
            _ => {
                client.takes += u64::from(!texts.is_empty());
                Taken::Texts(texts)
            }
        }
    }

    /// Drops those that have taken nothing since they were found slow.
    fn drop_idle(&mut self, slow: &[Slow]) {
        for (name, takes) in slow {
            if let Some(client) = self.clients.get_mut(name)
                && client.takes == *takes
                && client.departure.is_none()
            {
                client.depart(Departure::Stalled);
                client.wire.cut();
            }
        }
    }
}

impl Relay for WelcomesAtOnce {
    fn new(capacity: usize, patience: Duration) -> Self {
        WelcomesAtOnce {
            capacity: capacity.max(1),
            patience,
            table: Mutex::default(),
            room: Condvar::new(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let client = Client {
            wire: Arc::clone(&wire),
            outbox: VecDeque::new(),
            takes: 0,
            departure: None,
            news: Arc::new(Condvar::new()),
        };
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        table.clients.insert(name, client);
        drop(table);
        // If that fails, its own writes will, too.
        let _ = wire.write(&[WELCOME.into()]);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let mut table = self.table.lock();
        loop {
            let slow = table.slow(speaker, self.capacity);
            if slow.is_empty() {
                break;
            }
            let is_blocked = |table: &mut Table| !table.slow(speaker, self.capacity).is_empty();
            let waited = (self.room).wait_while_for(&mut table, is_blocked, self.patience);
            if waited.timed_out() {
                table.drop_idle(&slow);
                self.room.notify_all();
            }
        }
        if table.is_present(speaker) {
            table.put(speaker, &message);
        }
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.table.lock().clients.get_mut(&client) {
            client.depart(Departure::Left);
            self.room.notify_all();
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let mut table = self.table.lock();
        let own = table
            .clients
            .get(&client)
            .expect("a client that has joined");
        let (wire, news) = (Arc::clone(&own.wire), Arc::clone(&own.news));
        loop {
            match table.take(client) {
                Taken::Gone(departure) => return departure,
                Taken::Texts(texts) if texts.is_empty() => news.wait(&mut table),
                Taken::Texts(texts) => {
                    self.room.notify_all();
                    drop(table);
                    // All that waited is written at once: that spares most of the system calls.
                    if wire.write(&texts).is_err() {
                        return self.lose(client);
                    }
                    table = self.table.lock();
                }
            }
        }
    }
}

fn message(speaker: Name, text: &str) -> Text {
    format!("{speaker}> {text}").into()
}

impl WelcomesAtOnce {
    /// The connection is broken: whoever still waits for it need not. Says how the client departed.
    fn lose(&self, client: Name) -> Departure {
        let mut table = self.table.lock();
        let lost = table.clients.remove(&client);
        self.room.notify_all();
        let departure = lost.map(|mut client| client.depart(Departure::Lost));
        departure.unwrap_or(Departure::Lost)
    }
}
