//! owncast/owncast#1833 more closely: close() sends on an unbuffered `unregister` channel; the
//! server's own goroutine takes from it and wants the mutex that broadcast holds. (repair in
//! owncast: close in a goroutine of its own; here the lock is not held: see _FIXED)

use kata::relay::{Departure, Name, Relay, Text, WELCOME, Wire};
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::{Mutex, thread};
use std::collections::BTreeMap;
use std::sync::Arc;

struct Client {
    wire: Arc<dyn Wire>,
    send: Option<Sender<Text>>,
    receive: Option<Receiver<Text>>,
    departure: Option<Departure>,
}

#[derive(Default)]
struct Clients {
    last: u64,
    by_name: BTreeMap<Name, Client>,
}

struct Server {
    capacity: usize,
    mu: Arc<Mutex<Clients>>,
    unregister: Sender<(Name, Departure)>,
}

impl Relay for Server {
    fn new(capacity: usize, _: std::time::Duration) -> Self {
        let mu: Arc<Mutex<Clients>> = Arc::default();
        let (unregister, leaving) = channel::bounded(0);
        let clients = Arc::clone(&mu);
        thread::spawn(move || {
            for (name, how) in leaving {
                let mut clients = clients.lock();
                if let Some(client) = clients.by_name.get_mut(&name)
                    && client.send.take().is_some()
                {
                    client.departure = Some(how);
                }
            }
        });
        Server { capacity: capacity.max(1), mu, unregister }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        let (send, receive) = channel::bounded(self.capacity);
        send.send(WELCOME.into()).unwrap();
        let mut clients = self.mu.lock();
        clients.last += 1;
        let name = Name(clients.last);
        clients.by_name.insert(name, Client { wire, send: Some(send), receive: Some(receive), departure: None });
        name
    }

    fn say(&self, speaker: Name, text: &str) {
        let message: Text = format!("{speaker}> {text}").into();
        let clients = self.mu.lock();
        if clients.by_name.get(&speaker).is_none_or(|client| client.send.is_none()) {
            return;
        }
        for (name, client) in &clients.by_name {
            if *name != speaker
                && let Some(send) = &client.send
                && send.try_send(Arc::clone(&message)).is_err()
            {
                client.wire.cut();
                self.unregister.send((*name, Departure::Stalled)).unwrap();
            }
        }
    }

    fn leave(&self, client: Name) {
        self.unregister.send((client, Departure::Left)).unwrap();
    }

    fn deliver(&self, name: Name) -> Departure {
        let (receive, wire) = {
            let mut clients = self.mu.lock();
            let client = clients.by_name.get_mut(&name).unwrap();
            (client.receive.take().unwrap(), Arc::clone(&client.wire))
        };
        for text in &receive {
            if wire.write(&[text]).is_err() {
                self.unregister.send((name, Departure::Lost)).unwrap();
                break;
            }
        }
        self.mu.lock().by_name[&name].departure.unwrap_or(Departure::Lost)
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::relay::checks::<Server>()
}
