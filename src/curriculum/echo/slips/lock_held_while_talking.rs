//! "The table must not change while I talk to one of them." Until that one has finished, nobody comes in.

slip! {
    LockHeldWhileTalking,
    caught_by: nobody_waits_for_a_client,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Holds the lock of the table while it serves a client.
struct LockHeldWhileTalking {
    house: Mutex<House>,
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

impl EchoServer for LockHeldWhileTalking {
    fn new() -> Self {
        LockHeldWhileTalking {
            house: Mutex::default(),
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
        thread::scope(|scope| {
            loop {
                let connection = match listener.accept() {
                    Ok(connection) => connection,
                    Err(NotAccepted::Gone) => continue,
                    Err(NotAccepted::Closed) => return,
                };
                match self.enter(&connection) {
                    Some(number) => {
                        scope.spawn(move || {
                            let mut house = self.house.lock();
                            converse(&*connection);
                            house.inside.remove(&number);
                            drop(house);
                            connection.close();
                        });
                    }
                    None => connection.close(),
                }
            }
        });
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

impl LockHeldWhileTalking {
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
