//! "I look whether it has been stopped." It looks when the next client has come, and none comes.

slip! {
    StopsAfterTheNext,
    caught_by: answers_each_text,
    engine: NobodySends,
    loom: NobodySends,
}

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sets a flag, and wakes nobody.
struct StopsAfterTheNext {
    house: Mutex<House>,
}

/// Whom to tell that it is over.
#[derive(Default)]
struct House {
    is_stopped: bool,
    /// How many have come in.
    number: u64,
    inside: BTreeMap<u64, Arc<dyn Connection>>,
}

impl EchoServer for StopsAfterTheNext {
    fn new() -> Self {
        StopsAfterTheNext {
            house: Mutex::default(),
        }
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
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
                            converse(&*connection);
                            self.leave(number);
                            connection.close();
                        });
                    }
                    None => {
                        connection.close();
                        listener.close();
                    }
                }
            }
        });
    }

    fn stop(&self) {
        let mut house = self.house.lock();
        house.is_stopped = true;
        house.inside.values().for_each(|inside| inside.close());
    }
}

impl StopsAfterTheNext {
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
