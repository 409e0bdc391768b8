//! One thread owns the table; the others send it what they want done.

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::channel::{self, Receiver, RecvTimeoutError, Sender};
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What is checked.
pub type Solution = OwningThread;

enum Request {
    Join(Arc<dyn Wire>, Sender<Name>),
    /// Answered once all have room: so who has spoken comes before what others say later.
    Say(Name, Text, Sender<()>),
    Leave(Name, Sender<()>),
    /// Asks for the wire.
    Begin(Name, Sender<Arc<dyn Wire>>),
    /// Answered once there is something to write, or nothing more will be.
    Take(Name, Sender<Option<Text>>),
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
    fn new(capacity: usize, patience: Duration) -> Self {
        let (sender, requests) = channel::unbounded();
        let mut table = Table {
            capacity: capacity.max(1),
            patience,
            arrivals: 0,
            clients: BTreeMap::new(),
            speakers: VecDeque::new(),
            round: None,
        };
        // Ends once the relay, hence the only sender, is gone.
        thread::spawn(move || {
            while let Some(request) = table.next(&requests) {
                request.into_iter().for_each(|it| table.handle(it));
                table.let_speak();
            }
        });
        OwningThread { requests: sender }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        self.ask(|reply| Request::Join(wire, reply))
    }

    fn say(&self, speaker: Name, text: &str) {
        let message = format!("{speaker}> {text}").into();
        self.ask(|reply| Request::Say(speaker, message, reply));
    }

    fn leave(&self, client: Name) {
        self.ask(|reply| Request::Leave(client, reply));
    }

    fn deliver(&self, client: Name) -> Departure {
        let wire = self.ask(|reply| Request::Begin(client, reply));
        loop {
            match self.ask(|reply| Request::Take(client, reply)) {
                Some(text) if wire.write(std::slice::from_ref(&text)).is_ok() => {}
                _ => return self.ask(|reply| Request::End(client, reply)),
            }
        }
    }
}

/// What the thread owns.
struct Table {
    capacity: usize,
    patience: Duration,
    arrivals: u64,
    clients: BTreeMap<Name, Client>,
    /// Those who want to speak, one after the other.
    speakers: VecDeque<(Name, Text, Sender<()>)>,
    /// The first of them waits, until then.
    round: Option<Instant>,
}

struct Client {
    wire: Arc<dyn Wire>,
    outbox: VecDeque<Text>,
    /// Its writer waits for something.
    hungry: Option<Sender<Option<Text>>>,
    departure: Option<Departure>,
}

impl Client {
    /// Gives its writer what it waits for, if there is anything.
    fn feed(&mut self) {
        if self.outbox.is_empty() && self.departure.is_none() {
            return;
        }
        if let Some(hungry) = self.hungry.take() {
            // Who asks waits for the answer.
            let _ = hungry.send(self.outbox.pop_front());
        }
    }

    fn depart(&mut self, how: Departure) {
        self.departure.get_or_insert(how);
        self.feed();
    }
}

impl Table {
    /// The next request, or nothing when it is time to go on without one; `None` at the end.
    fn next(&self, requests: &Receiver<Request>) -> Option<Option<Request>> {
        match self.round {
            None => requests.recv().ok().map(Some),
            Some(round) => match requests.recv_timeout(round - Instant::now()) {
                Ok(request) => Some(Some(request)),
                Err(RecvTimeoutError::Timeout) => Some(None),
                Err(RecvTimeoutError::Disconnected) => None,
            },
        }
    }

    fn handle(&mut self, request: Request) {
        // Those who ask wait for the answer.
        match request {
            Request::Join(wire, reply) => drop(reply.send(self.join(wire))),
            Request::Say(speaker, text, reply) => self.speakers.push_back((speaker, text, reply)),
            Request::Leave(client, reply) => {
                if let Some(client) = self.clients.get_mut(&client) {
                    client.depart(Departure::Left);
                }
                let _ = reply.send(());
            }
            Request::Begin(client, reply) => {
                drop(reply.send(Arc::clone(&self.clients[&client].wire)));
            }
            Request::Take(client, reply) => {
                let client = self.clients.get_mut(&client).expect("it has joined");
                client.hungry = Some(reply);
                client.feed();
            }
            Request::End(client, reply) => {
                let client = self.clients.remove(&client);
                let departure = client.and_then(|client| client.departure);
                let _ = reply.send(departure.unwrap_or(Departure::Lost));
            }
        }
    }

    fn join(&mut self, wire: Arc<dyn Wire>) -> Name {
        self.arrivals += 1;
        let name = Name(self.arrivals);
        let client = Client {
            wire,
            outbox: VecDeque::from([WELCOME.into()]),
            hungry: None,
            departure: None,
        };
        self.clients.insert(name, client);
        name
    }

    /// Those who are to hear it: nobody, if the speaker is not there.
    fn hearers(&mut self, speaker: Name) -> impl Iterator<Item = &mut Client> {
        let own = self.clients.get(&speaker);
        let is_heard = own.is_some_and(|own| own.departure.is_none());
        let clients = self.clients.iter_mut();
        let others = clients.filter(move |(name, _)| **name != speaker && is_heard);
        let others = others.map(|(_, client)| client);
        others.filter(|client| client.departure.is_none())
    }

    /// Passes on what is to be said, as long as there is room.
    fn let_speak(&mut self) {
        while let Some((speaker, text, reply)) = self.speakers.pop_front() {
            let is_over = self.round.is_some_and(|round| Instant::now() >= round);
            let capacity = self.capacity;
            let is_full = |client: &&mut Client| client.outbox.len() >= capacity;
            let mut slow = self.hearers(speaker).filter(is_full).peekable();
            if slow.peek().is_some() && !is_over {
                drop(slow);
                self.speakers.push_front((speaker, text, reply));
                self.round = self.round.or(Instant::now().checked_add(self.patience));
                return;
            }
            for client in slow {
                client.depart(Departure::Stalled);
                client.wire.cut();
            }
            for client in self.hearers(speaker) {
                client.outbox.push_back(Arc::clone(&text));
                client.feed();
            }
            self.round = None;
            let _ = reply.send(());
        }
    }
}
