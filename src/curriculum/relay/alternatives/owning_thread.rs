//! One thread owns the table; the others send it what they want done.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::thread;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is checked.
pub type Solution = OwningThread;

type Inbox = (Receiver<Text>, Arc<dyn Wire>);

enum Request {
    Join(Arc<dyn Wire>, Sender<Name>),
    /// Answered so that who has spoken can know that it comes before what others say later.
    Say(Name, String, Sender<()>),
    Leave(Name, Sender<()>),
    /// Asks for the other end of the outbox.
    Begin(Name, Sender<Inbox>),
    /// All has been written, or nothing more can be.
    End(Name, Sender<Departure>),
}

/// A thread that owns the table, and a channel to it.
pub struct OwningThread {
    requests: Sender<Request>,
}

impl OwningThread {
    fn ask<T>(&self, request: impl FnOnce(Sender<T>) -> Request) -> T {
        let (reply, answer) = channel::bounded(1);
        let sent = self.requests.send(request(reply));
        assert!(sent.is_ok(), "the owner lives as long as the relay");
        answer.recv().expect("the owner answers every request")
    }
}

impl Relay for OwningThread {
    fn new(capacity: usize) -> Self {
        let (sender, requests) = channel::unbounded();
        // Ends once the relay, hence the only sender, is gone.
        thread::spawn(move || {
            let mut table = Table {
                capacity: capacity.max(1),
                arrivals: 0,
                clients: BTreeMap::new(),
            };
            requests.iter().for_each(|request| table.handle(request));
        });
        OwningThread { requests: sender }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        self.ask(|reply| Request::Join(wire, reply))
    }

    fn say(&self, speaker: Name, text: &str) {
        self.ask(|reply| Request::Say(speaker, text.to_owned(), reply));
    }

    fn leave(&self, client: Name) {
        self.ask(|reply| Request::Leave(client, reply));
    }

    fn deliver(&self, client: Name) -> Departure {
        let (inbox, wire) = self.ask(|reply| Request::Begin(client, reply));
        for text in &inbox {
            if wire.write(&[text]).is_err() {
                break;
            }
        }
        self.ask(|reply| Request::End(client, reply))
    }
}

/// What the thread owns.
struct Table {
    capacity: usize,
    arrivals: u64,
    clients: BTreeMap<Name, Client>,
}

struct Client {
    inbox: Inbox,
    /// `None` once it has departed.
    outbox: Option<Sender<Text>>,
    departure: Option<Departure>,
}

impl Client {
    fn depart(&mut self, how: Departure) {
        if self.outbox.take().is_some() {
            self.departure = Some(how);
        }
    }
}

impl Table {
    fn handle(&mut self, request: Request) {
        // Those who ask wait for the answer.
        match request {
            Request::Join(wire, reply) => drop(reply.send(self.join(wire))),
            Request::Say(speaker, text, reply) => {
                self.say(speaker, &text);
                let _ = reply.send(());
            }
            Request::Leave(client, reply) => {
                self.leave(client);
                let _ = reply.send(());
            }
            Request::Begin(client, reply) => {
                drop(reply.send(self.clients[&client].inbox.clone()));
            }
            Request::End(client, reply) => {
                let client = self.clients.remove(&client);
                let departure = client.and_then(|client| client.departure);
                let _ = reply.send(departure.unwrap_or(Departure::Lost));
            }
        }
    }

    fn join(&mut self, wire: Arc<dyn Wire>) -> Name {
        let (outbox, inbox) = channel::bounded(self.capacity);
        let welcomed = outbox.send(WELCOME.into());
        assert!(welcomed.is_ok(), "the other end is in hand");
        self.arrivals += 1;
        let name = Name(self.arrivals);
        let client = Client {
            inbox: (inbox, wire),
            outbox: Some(outbox),
            departure: None,
        };
        self.clients.insert(name, client);
        name
    }

    fn say(&mut self, speaker: Name, text: &str) {
        let own = self.clients.get(&speaker);
        if own.is_none_or(|own| own.outbox.is_none()) {
            return;
        }
        let message: Text = format!("{speaker}> {text}").into();
        for (name, client) in &mut self.clients {
            let Some(outbox) = client.outbox.as_ref().filter(|_| *name != speaker) else {
                continue;
            };
            if outbox.try_send(Arc::clone(&message)).is_err() {
                client.depart(Departure::Stalled);
                client.inbox.1.cut();
            }
        }
    }

    fn leave(&mut self, client: Name) {
        if let Some(client) = self.clients.get_mut(&client) {
            client.depart(Departure::Left);
        }
    }
}
