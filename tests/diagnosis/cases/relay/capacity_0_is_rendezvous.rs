//! WRONG. A capacity of 0 is taken as it is: there is no room for the welcome.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use std::collections::BTreeMap;
use std::sync::Arc;

struct Server {
    capacity: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    last: u64,
    present: BTreeMap<Name, (Sender<Text>, Arc<dyn Wire>)>,
    inboxes: BTreeMap<Name, (Receiver<Text>, Arc<dyn Wire>)>,
    departed: BTreeMap<Name, Departure>,
}

impl Table {
    fn depart(&mut self, client: Name, cause: Departure) -> Departure {
        self.present.remove(&client);
        *self.departed.entry(client).or_insert(cause)
    }
}

impl Relay for Server {
    fn new(capacity: usize, _: std::time::Duration) -> Self {
        Server {
            capacity,
            table: Mutex::default(),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        let _ = outbox.try_send(WELCOME.into());
        let mut table = self.table.lock();
        table.last += 1;
        let name = Name(table.last);
        table.present.insert(name, (outbox, Arc::clone(&wire)));
        table.inboxes.insert(name, (inbox, wire));
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let mut table = self.table.lock();
        if !table.present.contains_key(&speaker) {
            return;
        }
        let text: Text = format!("{speaker}> {text}").into();
        let stalled: Vec<Name> = table
            .present
            .iter()
            .filter(|(name, _)| **name != speaker)
            .filter(|(_, (outbox, _))| outbox.try_send(text.clone()).is_err())
            .map(|(name, _)| *name)
            .collect();
        for name in stalled {
            table.present[&name].1.cut();
            table.depart(name, Departure::Stalled);
        }
    }

    fn leave(&self, client: Name) {
        let mut table = self.table.lock();
        if table.present.contains_key(&client) {
            table.depart(client, Departure::Left);
        }
    }

    fn deliver(&self, client: Name) -> Departure {
        let (inbox, wire) = self.table.lock().inboxes.remove(&client).unwrap();
        for text in &inbox {
            if wire.write(&[text]).is_err() {
                break;
            }
        }
        self.table.lock().depart(client, Departure::Lost)
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::relay::checks::<Server>()
}
