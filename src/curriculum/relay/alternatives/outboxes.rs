//! Each client has a queue with a lock and a condvar; who speaks takes the floor, and then goes from
//! one to the next until all have room.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// What is checked.
pub type Solution = Outboxes;

/// The floor is always taken before the table's lock, and that before an outbox's.
pub struct Outboxes {
    capacity: usize,
    patience: Duration,
    /// Only who has it puts texts into outboxes: so whoever has room keeps it.
    floor: Mutex<()>,
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
        self.changed.notify_all();
        departure
    }

    /// Waits until there is room, or nobody there to have it; drops it when the time is over.
    fn await_room(&self, capacity: usize, time: Duration) {
        let mut state = self.state.lock();
        let is_full =
            |state: &mut State| state.departure.is_none() && state.waiting.len() >= capacity;
        let waited = (self.changed).wait_while_for(&mut state, is_full, time);
        if waited.timed_out() {
            state.departure = Some(Departure::Stalled);
            self.wire.cut();
            self.changed.notify_all();
        }
    }

    fn put(&self, text: &Text) {
        let mut state = self.state.lock();
        if state.departure.is_none() {
            state.waiting.push(Arc::clone(text));
            self.changed.notify_all();
        }
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
        self.changed.notify_all();
        Ok(mem::take(&mut state.waiting))
    }
}

impl Outboxes {
    fn find(&self, name: Name) -> Option<Arc<Outbox>> {
        self.table.lock().outboxes.get(&name).cloned()
    }
}

impl Relay for Outboxes {
    fn new(capacity: usize, patience: Duration) -> Self {
        Outboxes {
            capacity: capacity.max(1),
            patience,
            floor: Mutex::new(()),
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
        let floor = self.floor.lock();
        let outboxes = self.table.lock().outboxes.clone();
        // One time for all: who still has no room when it is over has taken nothing meanwhile.
        let deadline = Instant::now().checked_add(self.patience);
        for (name, outbox) in outboxes {
            if name != speaker {
                let time = deadline.map_or(Duration::MAX, |deadline| deadline - Instant::now());
                outbox.await_room(self.capacity, time);
            }
        }
        // Who has joined meanwhile has room: nobody else has spoken.
        let table = self.table.lock();
        let own = table.outboxes.get(&speaker);
        if own.is_none_or(|own| own.state.lock().departure.is_some()) {
            return;
        }
        for (name, outbox) in &table.outboxes {
            if *name != speaker {
                outbox.put(&message);
            }
        }
        drop(table);
        drop(floor);
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
