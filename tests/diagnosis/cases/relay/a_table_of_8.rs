//! WRONG. The table has 8 places; the 9th client is not put into it.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::{Condvar, Mutex};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

struct Server {
    capacity: usize,
    room: Mutex<Room>,
    changed: Condvar,
}

#[derive(Default)]
struct Room {
    arrivals: u64,
    clients: BTreeMap<Name, Client>,
}

struct Client {
    wire: Arc<dyn Wire>,
    outbox: VecDeque<Text>,
    departure: Option<Departure>,
}

impl Relay for Server {
    fn new(capacity: usize, _: std::time::Duration) -> Self {
        Server {
            capacity: capacity.max(1),
            room: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let mut room = self.room.lock();
        room.arrivals += 1;
        let name = Name(room.arrivals);
        let client = Client {
            wire,
            outbox: VecDeque::from([WELCOME.into()]),
            departure: None,
        };
        if name.0 <= 8 {
            room.clients.insert(name, client);
        }
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let mut room = self.room.lock();
        if room.clients.get(&speaker).is_none_or(|c| c.departure.is_some()) {
            return;
        }
        let message: Text = format!("{speaker}> {text}").into();
        for (name, client) in &mut room.clients {
            if *name == speaker || client.departure.is_some() {
                continue;
            }
            if client.outbox.len() == self.capacity {
                client.departure = Some(Departure::Stalled);
                client.wire.cut();
            } else {
                client.outbox.push_back(Arc::clone(&message));
            }
        }
        drop(room);
        self.changed.notify_all();
    }

    fn leave(&self, client: Name) {
        if let Some(client) = self.room.lock().clients.get_mut(&client) {
            client.departure.get_or_insert(Departure::Left);
        }
        self.changed.notify_all();
    }

    fn deliver(&self, client: Name) -> Departure {
        let mut room = self.room.lock();
        loop {
            let this = room.clients.get_mut(&client).expect("it has joined");
            if let Some(text) = this.outbox.pop_front() {
                let wire = Arc::clone(&this.wire);
                drop(room);
                let written = wire.write(&[text]);
                room = self.room.lock();
                if written.is_err() {
                    let this = room.clients.get_mut(&client).expect("it has joined");
                    this.departure.get_or_insert(Departure::Lost);
                    this.outbox.clear();
                }
            } else if let Some(departure) = this.departure {
                room.clients.remove(&client);
                return departure;
            } else {
                self.changed.wait(&mut room);
            }
        }
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::relay::checks::<Server>()
}
