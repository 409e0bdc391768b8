//! Writers that keep the others out, or stop too early.

use super::Fault;
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Departure, Name, Relay};
use crate::sync::Condvar;
use crate::sync::channel::TryRecvError;
use std::sync::Arc;

fn departure(right: &Switchboard, client: Name) -> Departure {
    let left = right.table.lock().clients.remove(&client);
    let departure = left.and_then(|client| client.departure);
    departure.unwrap_or(Departure::Lost)
}

/// Locks the table to reach the wire.
#[derive(Debug, Default)]
pub struct LocksToWrite;

impl Fault for LocksToWrite {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let (inbox, _) = right.table.lock().take_inbox(client);
        for text in &inbox {
            let table = right.table.lock();
            if table.clients[&client].wire.write(&[text]).is_err() {
                break;
            }
        }
        departure(right, client)
    }
}

/// Locks the table to reach the outbox.
#[derive(Debug, Default)]
pub struct WaitsWithTheTable;

impl Fault for WaitsWithTheTable {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let wire = Arc::clone(&right.table.lock().clients[&client].wire);
        let next = || {
            let table = right.table.lock();
            let inbox = table.clients[&client].inbox.as_ref();
            inbox.expect("it stays in the table").recv()
        };
        while let Ok(text) = next() {
            if wire.write(&[text]).is_err() {
                break;
            }
        }
        departure(right, client)
    }
}

/// Writes only to those who are there.
#[derive(Debug, Default)]
pub struct StopsAtDeparture;

impl Fault for StopsAtDeparture {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let (inbox, wire) = right.table.lock().take_inbox(client);
        for text in &inbox {
            let is_present = right.table.lock().is_present(client);
            if !is_present || wire.write(&[text]).is_err() {
                break;
            }
        }
        departure(right, client)
    }
}

/// Can put back what it could not write.
#[derive(Debug, Default)]
pub struct KeepsASender;

impl Fault for KeepsASender {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let outbox = right.table.lock().clients[&client].outbox.clone();
        let (inbox, wire) = right.table.lock().take_inbox(client);
        for text in &inbox {
            if wire.write(&[Arc::clone(&text)]).is_err() {
                drop(outbox.map(|outbox| outbox.try_send(text)));
                break;
            }
        }
        departure(right, client)
    }
}

/// All writers wait for the same condvar, and one of them is woken.
#[derive(Debug, Default)]
pub struct WakesOneWriter {
    changed: Condvar,
}

impl Fault for WakesOneWriter {
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        right.say(speaker, text);
        self.changed.notify_one();
    }

    fn leave(&self, right: &Switchboard, client: Name) {
        right.leave(client);
        self.changed.notify_one();
    }

    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let (inbox, wire) = right.table.lock().take_inbox(client);
        let mut table = right.table.lock();
        loop {
            let text = match inbox.try_recv() {
                Ok(text) => text,
                Err(TryRecvError::Disconnected) => break,
                Err(TryRecvError::Empty) => {
                    self.changed.wait(&mut table);
                    continue;
                }
            };
            drop(table);
            let written = wire.write(&[text]);
            table = right.table.lock();
            if written.is_err() {
                break;
            }
        }
        drop(table);
        departure(right, client)
    }
}
