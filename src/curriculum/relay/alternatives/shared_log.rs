//! What is said stands in one log, and each client has its place in it.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is checked.
pub type Solution = SharedLog;

/// The log and everyone's place in it, behind one lock.
pub struct SharedLog {
    capacity: usize,
    patience: Duration,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    arrivals: u64,
    /// By speaker. It only grows: this is about the idea, not about memory.
    log: Vec<(Name, Text)>,
    readers: BTreeMap<Name, Reader>,
}

struct Reader {
    wire: Arc<dyn Wire>,
    /// Only until it has been welcomed.
    welcome: Option<Text>,
    /// Where in the log it reads next.
    next: usize,
    departure: Option<Departure>,
    /// How long the log was at its departure.
    end: usize,
}

impl Reader {
    fn depart(&mut self, how: Departure, end: usize) {
        if self.departure.is_none() {
            self.departure = Some(how);
            self.end = end;
        }
    }
}

impl State {
    /// What has yet to be written to the reader.
    fn unread(&self, name: Name) -> impl Iterator<Item = &Text> {
        let reader = &self.readers[&name];
        let end = match reader.departure {
            Some(_) => reader.end,
            None => self.log.len(),
        };
        let others = self.log[reader.next.min(end)..end].iter();
        let others = others.filter(move |(speaker, _)| *speaker != name);
        reader.welcome.iter().chain(others.map(|(_, text)| text))
    }

    fn is_present(&self, name: Name) -> bool {
        let reader = self.readers.get(&name);
        reader.is_some_and(|reader| reader.departure.is_none())
    }

    /// Those whom the speaker has to wait for, and their places.
    fn slow(&self, speaker: Name, capacity: usize) -> Vec<(Name, usize)> {
        if !self.is_present(speaker) {
            return Vec::new();
        }
        let others = self.readers.keys().filter(|name| **name != speaker);
        let slow = others
            .filter(|name| self.is_present(**name) && self.unread(**name).count() >= capacity);
        slow.map(|name| (*name, self.readers[name].next)).collect()
    }

    fn depart(&mut self, name: Name, how: Departure) {
        let end = self.log.len();
        if let Some(reader) = self.readers.get_mut(&name) {
            reader.depart(how, end);
        }
    }
}

impl Relay for SharedLog {
    fn new(capacity: usize, patience: Duration) -> Self {
        SharedLog {
            capacity: capacity.max(1),
            patience,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let mut state = self.state.lock();
        state.arrivals += 1;
        let name = Name(state.arrivals);
        let reader = Reader {
            wire,
            welcome: Some(WELCOME.into()),
            next: state.log.len(),
            departure: None,
            end: 0,
        };
        state.readers.insert(name, reader);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let mut state = self.state.lock();
        let slow = |state: &State| state.slow(speaker, self.capacity);
        loop {
            let before = slow(&state);
            let is_blocked = |state: &mut State| !slow(state).is_empty();
            let waited = (self.changed).wait_while_for(&mut state, is_blocked, self.patience);
            if !waited.timed_out() {
                break;
            }
            for (name, place) in slow(&state) {
                if before.contains(&(name, place)) {
                    state.depart(name, Departure::Stalled);
                    state.readers[&name].wire.cut();
                }
            }
            self.changed.notify_all();
        }
        if state.is_present(speaker) {
            state.log.push((speaker, message));
            self.changed.notify_all();
        }
    }

    fn leave(&self, client: Name) {
        self.state.lock().depart(client, Departure::Left);
        self.changed.notify_all();
    }

    fn deliver(&self, client: Name) -> Departure {
        let wire = Arc::clone(&self.state.lock().readers[&client].wire);
        loop {
            let mut state = self.state.lock();
            while state.unread(client).next().is_none() {
                if let Some(departure) = state.readers[&client].departure {
                    state.readers.remove(&client);
                    return departure;
                }
                self.changed.wait(&mut state);
            }
            let texts: Vec<Text> = state.unread(client).cloned().collect();
            let length = state.log.len();
            let reader = state.readers.get_mut(&client).expect("it is being served");
            reader.welcome = None;
            reader.next = length;
            drop(state);
            self.changed.notify_all();
            if wire.write(&texts).is_err() {
                let mut state = self.state.lock();
                state.depart(client, Departure::Lost);
                let reader = state.readers.remove(&client);
                self.changed.notify_all();
                let departure = reader.and_then(|reader| reader.departure);
                return departure.expect("it has departed just now, if not before");
            }
        }
    }
}
