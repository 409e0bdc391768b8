//! "Stopping waits for the threads." They need the lock that it holds.

slip! {
    JoinsWithTheLock,
    caught_by: nobody_waits_for_a_client,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread::{self, JoinHandle};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Joins threads with the table locked.
struct JoinsWithTheLock {
    house: Arc<Mutex<House>>,
}

/// Whom to tell that it is over, and for whom to wait.
#[derive(Default)]
struct House {
    is_stopped: bool,
    listener: Option<Arc<dyn Listener>>,
    /// How many have come in.
    number: u64,
    inside: BTreeMap<u64, Arc<dyn Connection>>,
    threads: Vec<JoinHandle<()>>,
}

impl EchoServer for JoinsWithTheLock {
    fn new() -> Self {
        JoinsWithTheLock {
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
            match listener.accept() {
                Ok(connection) => self.start(connection),
                Err(NotAccepted::Gone) => {}
                Err(NotAccepted::Closed) => break,
            }
        }
        // Those for whom `stop` does not wait.
        let threads = std::mem::take(&mut self.house.lock().threads);
        for thread in threads {
            thread.join().expect("a thread that does not panic");
        }
    }

    fn stop(&self) {
        let mut house = self.house.lock();
        house.is_stopped = true;
        if let Some(listener) = &house.listener {
            listener.close();
        }
        house.inside.values().for_each(|inside| inside.close());
        for thread in house.threads.drain(..) {
            thread.join().expect("a thread that does not panic");
        }
    }
}

impl JoinsWithTheLock {
    fn start(&self, connection: Arc<dyn Connection>) {
        let mut house = self.house.lock();
        if house.is_stopped {
            return connection.close();
        }
        house.number += 1;
        let number = house.number;
        house.inside.insert(number, Arc::clone(&connection));
        let inside = Arc::clone(&self.house);
        house.threads.push(thread::spawn(move || {
            converse(&*connection);
            inside.lock().inside.remove(&number);
            connection.close();
        }));
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
