//! The reference solution of `echo`: a thread for each client, and a table of those who are inside.

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is checked.
pub type Solution = Threads;

/// Serves each client by a thread of its own.
pub struct Threads {
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

impl EchoServer for Threads {
    fn new() -> Self {
        Threads {
            house: Mutex::default(),
        }
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
        if !self.open(&listener) {
            return;
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
                        let serve = {
                            let connection = Arc::clone(&connection);
                            move || {
                                converse(&*connection);
                                self.leave(number);
                                connection.close();
                            }
                        };
                        let started = thread::Builder::new().spawn_scoped(scope, serve);
                        if started.is_err() {
                            // The system has no room for another thread: the others stay.
                            self.leave(number);
                            connection.close();
                        }
                    }
                    // Too late.
                    None => connection.close(),
                }
            }
        });
    }

    fn stop(&self) {
        let mut house = self.house.lock();
        house.is_stopped = true;
        // Both do not wait, and so may be done with the lock held.
        if let Some(listener) = house.listener.take() {
            listener.close();
        }
        house.inside.values().for_each(|inside| inside.close());
    }
}

impl Threads {
    /// Notes where clients come in; false if the server has been stopped already.
    fn open(&self, listener: &Arc<dyn Listener>) -> bool {
        let mut house = self.house.lock();
        if house.is_stopped {
            listener.close();
            return false;
        }
        house.listener = Some(Arc::clone(listener));
        true
    }

    /// Notes who is inside; nobody any more once the server has been stopped.
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

    fn leave(&self, number: u64) {
        self.house.lock().inside.remove(&number);
    }
}

/// Answers a client until its end.
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
