//! Clients that come in the wrong way.

use super::Fault;
use crate::curriculum::relay::solution::{Client, Switchboard};
use crate::curriculum::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use crate::sync::Mutex;
use crate::sync::channel::{self, Receiver, Sender};
use std::sync::Arc;

fn client(wire: Arc<dyn Wire>, (outbox, inbox): (Sender<Text>, Receiver<Text>)) -> Client {
    Client {
        wire,
        outbox: Some(outbox),
        inbox: Some(inbox),
        departure: None,
    }
}

fn welcome(outbox: &Sender<Text>) {
    // Who has gone meanwhile needs no welcome.
    drop(outbox.send(WELCOME.into()));
}

/// Is in the table before anything is in its outbox.
#[derive(Debug, Default)]
pub struct WelcomedWhenRegistered;

impl Fault for WelcomedWhenRegistered {
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(right.capacity);
        let mut table = right.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        let client = client(wire, (outbox.clone(), inbox));
        table.clients.insert(name, client);
        drop(table);
        welcome(&outbox);
        name
    }
}

/// Counts those who are there.
#[derive(Debug, Default)]
pub struct NamedByNumberPresent;

impl Fault for NamedByNumberPresent {
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(right.capacity);
        welcome(&outbox);
        let mut table = right.table.lock();
        let is_present = |client: &&Client| client.outbox.is_some();
        let present = table.clients.values().filter(is_present).count();
        let name = Name(present as u64 + 1);
        table.clients.insert(name, client(wire, (outbox, inbox)));
        name
    }
}

/// Is in the table from the first thing that its thread does.
#[derive(Default)]
pub struct RegisteredByItsThread {
    newcomers: Mutex<Vec<(Name, Client)>>,
}

impl RegisteredByItsThread {
    fn register(&self, right: &Switchboard, client: Name) {
        let mut newcomers = self.newcomers.lock();
        let place = newcomers.iter().position(|(name, _)| *name == client);
        let newcomer = place.map(|place| newcomers.remove(place));
        right.table.lock().clients.extend(newcomer);
    }
}

impl Fault for RegisteredByItsThread {
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(right.capacity);
        welcome(&outbox);
        let mut newcomers = self.newcomers.lock();
        let mut table = right.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        newcomers.push((name, client(wire, (outbox, inbox))));
        name
    }

    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        self.register(right, speaker);
        right.say(speaker, text);
    }

    fn leave(&self, right: &Switchboard, client: Name) {
        self.register(right, client);
        right.leave(client);
    }

    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        self.register(right, client);
        right.deliver(client)
    }
}

/// Keeps all that nobody reads.
#[derive(Debug, Default)]
pub struct NeverFull;

impl Fault for NeverFull {
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::unbounded();
        welcome(&outbox);
        let mut table = right.table.lock();
        table.arrivals += 1;
        let name = Name(table.arrivals);
        table.clients.insert(name, client(wire, (outbox, inbox)));
        name
    }
}
