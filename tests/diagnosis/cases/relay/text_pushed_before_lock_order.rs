//! WRONG. say numbers its text under the lock and delivers it outside, and deliver writes in the
//! order in which the texts arrive.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::{Condvar, Mutex};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

struct Server {
    capacity: usize,
    order: Mutex<Order>,
}

#[derive(Default)]
struct Order {
    arrivals: u64,
    said: u64,
    clients: BTreeMap<Name, Arc<Client>>,
}

struct Client {
    wire: Arc<dyn Wire>,
    slots: Mutex<Slots>,
    changed: Condvar,
}

#[derive(Default)]
struct Slots {
    promised: VecDeque<u64>,
    texts: BTreeMap<u64, Text>,
    departure: Option<Departure>,
}

impl Relay for Server {
    fn new(capacity: usize, _: std::time::Duration) -> Self {
        Server {
            capacity: capacity.max(1),
            order: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let mut slots = Slots::default();
        slots.promised.push_back(0);
        slots.texts.insert(0, WELCOME.into());
        let client = Arc::new(Client {
            wire,
            slots: Mutex::new(slots),
            changed: Condvar::new(),
        });
        let mut order = self.order.lock();
        order.arrivals += 1;
        let name = Name(order.arrivals);
        order.clients.insert(name, client);
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let mut order = self.order.lock();
        match order.clients.get(&speaker) {
            Some(client) if client.slots.lock().departure.is_none() => {}
            _ => return,
        }
        order.said += 1;
        let number = order.said;
        let mut hearers = Vec::new();
        for (name, client) in &order.clients {
            if *name == speaker {
                continue;
            }
            let mut slots = client.slots.lock();
            if slots.departure.is_some() {
                continue;
            }
            if slots.promised.len() < self.capacity {
                slots.promised.push_back(number);
                hearers.push(Arc::clone(client));
            } else {
                slots.departure = Some(Departure::Stalled);
                client.wire.cut();
                client.changed.notify_all();
            }
        }
        drop(order);
        let text: Text = format!("{speaker}> {text}").into();
        for client in hearers.iter().rev() {
            client.slots.lock().texts.insert(number, text.clone());
            client.changed.notify_all();
        }
    }

    fn leave(&self, client: Name) {
        let order = self.order.lock();
        if let Some(client) = order.clients.get(&client) {
            client.slots.lock().departure.get_or_insert(Departure::Left);
            client.changed.notify_all();
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let this = Arc::clone(&self.order.lock().clients[&client]);
        loop {
            let mut slots = this.slots.lock();
            let text = loop {
                match slots.promised.front().copied() {
                    Some(_) => {
                        if let Some((number, text)) = slots.texts.pop_first() {
                            slots.promised.retain(|other| *other != number);
                            break Some(text);
                        }
                    }
                    None if slots.departure.is_some() => break None,
                    None => {}
                }
                this.changed.wait(&mut slots);
            };
            drop(slots);
            let ended = text.is_none_or(|text| this.wire.write(&[text]).is_err());
            if ended {
                let mut order = self.order.lock();
                order.clients.remove(&client);
                return *this.slots.lock().departure.get_or_insert(Departure::Lost);
            }
        }
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::relay::checks::<Server>()
}
