//! The textbook's server: whoever speaks writes to all the others.

use super::Fault;
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Departure, Name, Relay, WELCOME, Wire};
use std::sync::Arc;

/// Joins, and writes the welcome at once.
fn join(right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
    // Who does not even get this one is found out later.
    let _ = wire.write(&[WELCOME.into()]);
    right.join(wire)
}

/// Waits for the departure, for there is nothing to write.
fn wait(right: &Switchboard, client: Name) -> Departure {
    let (inbox, _) = right.table.lock().take_inbox(client);
    while inbox.recv().is_ok() {}
    let left = right.table.lock().clients.remove(&client);
    let departure = left.and_then(|client| client.departure);
    departure.unwrap_or(Departure::Lost)
}

/// Drops those to whom nothing can be written, and waits for the others.
#[derive(Debug, Default)]
pub struct SlowClientBlocksAll;

impl Fault for SlowClientBlocksAll {
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        join(right, wire)
    }

    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let mut table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &mut table.clients {
            if *name == speaker || client.outbox.is_none() {
                continue;
            }
            let message = format!("{speaker}> {text}").into();
            if client.wire.write(&[message]).is_err() {
                client.depart(Departure::Lost);
            }
        }
    }

    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        wait(right, client)
    }
}

/// Believes that every write succeeds.
#[derive(Debug, Default)]
pub struct DeadClientRaises;

impl Fault for DeadClientRaises {
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        join(right, wire)
    }

    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &table.clients {
            if *name != speaker && client.outbox.is_some() {
                let message = format!("{speaker}> {text}").into();
                let written = client.wire.write(&[message]);
                written.expect("a client that has not left");
            }
        }
    }

    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        wait(right, client)
    }
}
