//! One lock for all, and threads that park until they are unparked.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};
use kata::sync::time::{Duration, Instant};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What is checked.
pub type Solution = ParkedWriters;

/// One lock for all, which nobody holds while it waits.
pub struct ParkedWriters {
    capacity: usize,
    patience: Duration,
    hall: Mutex<Hall>,
}

#[derive(Default)]
struct Hall {
    arrivals: u64,
    clients: BTreeMap<Name, Client>,
    /// Who waits for room, to be unparked whenever there may be some.
    speakers: Vec<Thread>,
}

struct Client {
    wire: Arc<dyn Wire>,
    waiting: VecDeque<Text>,
    /// How many texts it has taken.
    taken: u64,
    /// Who delivers, once somebody does.
    writer: Option<Thread>,
    departure: Option<Departure>,
}

impl Client {
    fn wake(&self) {
        if let Some(writer) = &self.writer {
            writer.unpark();
        }
    }
}

impl Hall {
    fn is_present(&self, name: Name) -> bool {
        let client = self.clients.get(&name);
        client.is_some_and(|client| client.departure.is_none())
    }

    /// Those who have no room for what somebody else says, and how much they have taken.
    fn slow(&self, speaker: Name, capacity: usize) -> Vec<(Name, u64)> {
        let others = self.clients.iter().filter(|(name, _)| **name != speaker);
        let slow = others
            .filter(|(_, client)| client.departure.is_none() && client.waiting.len() >= capacity);
        slow.map(|(name, client)| (*name, client.taken)).collect()
    }

    fn depart(&mut self, name: Name, how: Departure) {
        if let Some(client) = self.clients.get_mut(&name) {
            client.departure.get_or_insert(how);
            client.wake();
        }
        self.wake_speakers();
    }

    fn wake_speakers(&mut self) {
        self.speakers.drain(..).for_each(|speaker| speaker.unpark());
    }
}

impl ParkedWriters {
    /// Parks until something changes that somebody who speaks may wait for.
    fn park(&self, deadline: Option<Instant>) {
        match deadline {
            None => thread::park(),
            Some(deadline) => thread::park_timeout(deadline - Instant::now()),
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let is_endless = self.patience == Duration::MAX;
        (!is_endless).then(|| Instant::now() + self.patience)
    }
}

impl Relay for ParkedWriters {
    fn new(capacity: usize, patience: Duration) -> Self {
        ParkedWriters {
            capacity: capacity.max(1),
            patience,
            hall: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let client = Client {
            wire,
            waiting: VecDeque::from([WELCOME.into()]),
            taken: 0,
            writer: None,
            departure: None,
        };
        let mut hall = self.hall.lock();
        // With the lock held: whoever has the higher name has come later.
        hall.arrivals += 1;
        let name = Name(hall.arrivals);
        hall.clients.insert(name, client);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let mut hall = self.hall.lock();
        let mut deadline = self.deadline();
        let mut before = hall.slow(speaker, self.capacity);
        while hall.is_present(speaker) && !hall.slow(speaker, self.capacity).is_empty() {
            hall.speakers.push(thread::current());
            drop(hall);
            self.park(deadline);
            hall = self.hall.lock();
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                let slow = hall.slow(speaker, self.capacity);
                for (name, taken) in &slow {
                    if before.contains(&(*name, *taken)) {
                        hall.depart(*name, Departure::Stalled);
                        hall.clients[name].wire.cut();
                    }
                }
                (before, deadline) = (slow, self.deadline());
            }
        }
        if !hall.is_present(speaker) {
            return;
        }
        for (name, client) in &mut hall.clients {
            if *name != speaker && client.departure.is_none() {
                client.waiting.push_back(Arc::clone(&message));
                client.wake();
            }
        }
    }

    fn leave(&self, client: Name) {
        self.hall.lock().depart(client, Departure::Left);
    }

    fn deliver(&self, client: Name) -> Departure {
        let wire = {
            let mut hall = self.hall.lock();
            let client = (hall.clients.get_mut(&client)).expect("a client that has joined");
            client.writer = Some(thread::current());
            Arc::clone(&client.wire)
        };
        loop {
            let mut hall = self.hall.lock();
            let own = (hall.clients.get_mut(&client)).expect("only this call removes it");
            let departure = own.departure;
            let text = own.waiting.pop_front();
            own.taken += u64::from(text.is_some());
            if let (None, Some(departure)) = (&text, departure) {
                hall.clients.remove(&client);
                return departure;
            }
            if text.is_some() {
                hall.wake_speakers();
            }
            drop(hall);
            // Who puts something in after this look unparks, and then parking ends at once.
            let Some(text) = text else {
                thread::park();
                continue;
            };
            if wire.write(&[text]).is_err() {
                let mut hall = self.hall.lock();
                hall.depart(client, Departure::Lost);
                let own = hall.clients.remove(&client);
                let departure = own.and_then(|own| own.departure);
                return departure.expect("it has departed just now, if not before");
            }
        }
    }
}
