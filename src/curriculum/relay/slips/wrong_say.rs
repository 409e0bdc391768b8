//! Messages that reach too many, too few, or in different orders.

use super::Fault;
use crate::curriculum::relay::solution::{Client, Switchboard};
use crate::curriculum::relay::{Departure, Name, Text};
use std::sync::Arc;

fn message(speaker: Name, text: &str) -> Text {
    format!("{speaker}> {text}").into()
}

/// Puts the message into the outbox of a client that is there, and drops the client if it is full.
fn put(client: &mut Client, message: &Text) {
    let Some(outbox) = &client.outbox else {
        return;
    };
    if outbox.try_send(Arc::clone(message)).is_err() {
        client.depart(Departure::Stalled);
        client.wire.cut();
    }
}

/// Leaves nobody out.
#[derive(Debug, Default)]
pub struct TellsEverybody;

impl Fault for TellsEverybody {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let mut table = right.table.lock();
        if table.is_present(speaker) {
            for client in table.clients.values_mut() {
                put(client, &message);
            }
        }
    }
}

/// Does not ask whether the speaker is still there.
#[derive(Debug, Default)]
pub struct GhostsSpeak;

impl Fault for GhostsSpeak {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        for (name, client) in &mut right.table.lock().clients {
            if *name != speaker {
                put(client, &message);
            }
        }
    }
}

/// Locks the table anew for each client.
#[derive(Debug, Default)]
pub struct WalksAChangingTable;

impl Fault for WalksAChangingTable {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        if !right.table.lock().is_present(speaker) {
            return;
        }
        for place in 0.. {
            let mut table = right.table.lock();
            let mut present = (table.clients.iter_mut()).filter(|(_, it)| it.outbox.is_some());
            match present.nth(place) {
                Some((name, client)) if *name != speaker => put(client, &message),
                Some(_) => {}
                None => return,
            }
        }
    }
}

/// Asks whether the speaker is there, and sends a moment later.
#[derive(Debug, Default)]
pub struct LooksThenSends;

impl Fault for LooksThenSends {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        if !right.table.lock().is_present(speaker) {
            return;
        }
        for (name, client) in &mut right.table.lock().clients {
            if *name != speaker {
                put(client, &message);
            }
        }
    }
}

/// Sends to those who were there a moment ago.
#[derive(Debug, Default)]
pub struct CopiesTheTable;

impl Fault for CopiesTheTable {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        let others = table.clients.iter().filter(|(name, _)| **name != speaker);
        let outboxes: Vec<_> = others
            .filter_map(|(_, client)| client.outbox.clone())
            .collect();
        drop(table);
        for outbox in outboxes {
            // Full or closed: the client will see what it gets.
            drop(outbox.try_send(Arc::clone(&message)));
        }
    }
}

/// Waits for those who are slow.
#[derive(Debug, Default)]
pub struct WaitsForRoom;

impl Fault for WaitsForRoom {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let mut table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &mut table.clients {
            let Some(outbox) = client.outbox.as_ref().filter(|_| *name != speaker) else {
                continue;
            };
            if outbox.send(Arc::clone(&message)).is_err() {
                client.depart(Departure::Lost);
            }
        }
    }
}

/// Sends to those who have room.
#[derive(Debug, Default)]
pub struct PassesOverTheSlow;

impl Fault for PassesOverTheSlow {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        let message = message(speaker, text);
        let table = right.table.lock();
        if !table.is_present(speaker) {
            return;
        }
        for (name, client) in &table.clients {
            if let Some(outbox) = client.outbox.as_ref().filter(|_| *name != speaker) {
                // No room: then without it.
                drop(outbox.try_send(Arc::clone(&message)));
            }
        }
    }
}
