//! Room that is counted in the wrong way, and full outboxes whose owners are not the only ones to
//! suffer.

use super::Fault;
use crate::curriculum::relay::solution::{Client, Switchboard};
use crate::curriculum::relay::{Departure, Name, Text, WELCOME, Wire};
use crate::sync::Mutex;
use crate::sync::channel;
use std::collections::BTreeMap;
use std::sync::Arc;

fn message(speaker: Name, text: &str) -> Text {
    format!("{speaker}> {text}").into()
}

/// True if there was room.
fn put(client: &Client, message: &Text) -> bool {
    let outbox = client.outbox.as_ref();
    outbox.is_none_or(|outbox| outbox.try_send(Arc::clone(message)).is_ok())
}

fn drop_slow(client: &mut Client) {
    client.depart(Departure::Stalled);
    client.wire.cut();
}

/// Ends the loop with the first client that has no room.
#[derive(Debug, Default)]
pub struct StopsAtTheSlow;

impl Fault for StopsAtTheSlow {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let mut table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &mut table.clients {
            if *name != speaker && !put(client, &message) {
                drop_slow(client);
                break;
            }
        }
    }
}

/// Drops all who listen when one of them has no room.
#[derive(Debug, Default)]
pub struct DropsThemAll;

impl Fault for DropsThemAll {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let mut table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        let others = table.clients.iter_mut();
        let mut others: Vec<_> = others.filter(|(name, _)| **name != speaker).collect();
        if !others.iter().all(|(_, client)| put(client, &message)) {
            others.iter_mut().for_each(|(_, client)| drop_slow(client));
        }
    }
}

/// Counts what has been put into an outbox, and not what is in there.
#[derive(Debug, Default)]
pub struct CountsWhatWasWritten {
    /// By client: the texts after its welcome.
    put: Mutex<BTreeMap<Name, usize>>,
}

impl Fault for CountsWhatWasWritten {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let mut table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &mut table.clients {
            if *name == speaker || client.outbox.is_none() {
                continue;
            }
            let mut texts = self.put.lock();
            let texts = texts.entry(*name).or_default();
            *texts += 1;
            if *texts == right.capacity || !put(client, &message) {
                drop_slow(client);
            }
        }
    }
}

/// Takes the capacity as it is, even if it is 0.
#[derive(Debug, Default)]
pub struct RoomForNone {
    capacity: usize,
}

impl Fault for RoomForNone {
    fn of(capacity: usize) -> Self {
        RoomForNone { capacity }
    }

    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        // Nobody can have gone yet: the other end is in hand.
        drop(outbox.send(WELCOME.into()));
        let client = Client {
            wire,
            outbox: Some(outbox),
            inbox: Some(inbox),
            departure: None,
        };
        let mut table = right.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        table.clients.insert(name, client);
        name
    }
}
