//! "The threads end by themselves." `serve` has returned, and they are still at it.

slip! {
    NeverJoined,
    caught_by: nobody_waits_for_a_client,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Starts threads and forgets them.
struct NeverJoined {
    house: Arc<Mutex<House>>,
}

/// Whom to tell that it is over.
#[derive(Default)]
struct House {
    is_stopped: bool,
    listener: Option<Arc<dyn Listener>>,
    /// How many have come in.
    number: u64,
    inside: BTreeMap<u64, Arc<dyn Connection>>,
}

impl EchoServer for NeverJoined {
    fn new() -> Self {
        NeverJoined {
            house: Arc::default(),
        }
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
        {
            let mut house = self.house.lock();
            if house.is_stopped {
                listener.close();
            }
            house.listener = Some(Arc::clone(&listener));
        }
        loop {
            let connection = match listener.accept() {
                Ok(connection) => connection,
                Err(NotAccepted::Gone) => continue,
                Err(NotAccepted::Closed) => return,
            };
            match self.enter(&connection) {
                Some(number) => {
                    let house = Arc::clone(&self.house);
                    thread::spawn(move || {
                        converse(&*connection);
                        house.lock().inside.remove(&number);
                        connection.close();
                    });
                }
                None => connection.close(),
            }
        }
    }

    fn stop(&self) {
        let mut house = self.house.lock();
        house.is_stopped = true;
        if let Some(listener) = &house.listener {
            listener.close();
        }
        house.inside.values().for_each(|inside| inside.close());
    }
}

impl NeverJoined {
    fn enter(&self, connection: &Arc<dyn Connection>) -> Option<u64> {
        let mut house = self.house.lock();
        if house.is_stopped {
            return None;
        }
        house.number += 1;
        let number = house.number;
        house.inside.insert(number, Arc::clone(connection));
        Some(number)
    }
}

fn converse(connection: &dyn Connection) {
    while let Ok(Some(text)) = connection.receive() {
        let answer = match &*text {
            "exit" => "FIN".to_owned(),
            text => format!("echo : {text}"),
        };
        if connection.send(&answer).is_err() || text == "exit" {
            return;
        }
    }
}
