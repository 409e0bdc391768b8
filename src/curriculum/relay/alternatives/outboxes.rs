//! Each client has a queue with a lock and a condvar; the table's lock is the order.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// What is checked.
pub type Solution = Outboxes;

/// The table's lock is always taken before an outbox's.
pub struct Outboxes {
    capacity: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    arrivals: u64,
    outboxes: BTreeMap<Name, Arc<Outbox>>,
}

struct Outbox {
    wire: Arc<dyn Wire>,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    waiting: Vec<Text>,
    departure: Option<Departure>,
}

impl Outbox {
    fn depart(&self, how: Departure) -> Departure {
        let mut state = self.state.lock();
        let departure = *state.departure.get_or_insert(how);
        self.changed.notify_one();
        departure
    }

    /// Refuses when there is no room.
    fn put(&self, text: &Text, capacity: usize) -> Result<(), ()> {
        let mut state = self.state.lock();
        if state.departure.is_none() {
            if state.waiting.len() == capacity {
                return Err(());
            }
            state.waiting.push(Arc::clone(text));
            self.changed.notify_one();
        }
        Ok(())
    }

    /// All that waits; or how the client departed, if that is all.
    fn take(&self) -> Result<Vec<Text>, Departure> {
        let mut state = self.state.lock();
        while state.waiting.is_empty() {
            if let Some(departure) = state.departure {
                return Err(departure);
            }
            self.changed.wait(&mut state);
        }
        Ok(mem::take(&mut state.waiting))
    }
}

impl Outboxes {
    fn find(&self, name: Name) -> Option<Arc<Outbox>> {
        self.table.lock().outboxes.get(&name).cloned()
    }
}

impl Relay for Outboxes {
    fn new(capacity: usize) -> Self {
        Outboxes {
            capacity: capacity.max(1),
            table: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let state = State {
            waiting: vec![WELCOME.into()],
            departure: None,
        };
        let outbox = Arc::new(Outbox {
            wire,
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
        let mut table = self.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        table.outboxes.insert(name, outbox);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let table = self.table.lock();
        let own = table.outboxes.get(&speaker);
        if own.is_none_or(|own| own.state.lock().departure.is_some()) {
            return;
        }
        for (name, outbox) in &table.outboxes {
            if *name != speaker && outbox.put(&message, self.capacity).is_err() {
                outbox.depart(Departure::Stalled);
                outbox.wire.cut();
            }
        }
    }

    fn leave(&self, client: Name) {
        let table = self.table.lock();
        if let Some(outbox) = table.outboxes.get(&client) {
            outbox.depart(Departure::Left);
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let outbox = self.find(client).expect("a client that has joined");
        let departure = loop {
            match outbox.take() {
                Err(departure) => break departure,
                Ok(texts) if outbox.wire.write(&texts).is_ok() => {}
                Ok(_) => break outbox.depart(Departure::Lost),
            }
        };
        self.table.lock().outboxes.remove(&client);
        departure
    }
}
