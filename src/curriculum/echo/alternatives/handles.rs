//! Threads by themselves: their handles are kept, and joined at the end.

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread::{self, JoinHandle};
use std::sync::Arc;

/// What is checked.
pub type Solution = Handles;

/// What has to be closed when it is over: nothing is taken off it before.
#[derive(Default)]
struct Open {
    is_stopped: bool,
    listeners: Vec<Arc<dyn Listener>>,
    connections: Vec<Arc<dyn Connection>>,
}

/// Keeps a handle of each thread.
pub struct Handles {
    open: Mutex<Open>,
}

impl EchoServer for Handles {
    fn new() -> Self {
        Handles {
            open: Mutex::default(),
        }
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
        self.open.lock().listeners.push(Arc::clone(&listener));
        if self.open.lock().is_stopped {
            listener.close();
        }
        let mut threads: Vec<JoinHandle<()>> = Vec::new();
        loop {
            match listener.accept() {
                Ok(connection) => threads.extend(self.start(connection)),
                Err(NotAccepted::Gone) => {}
                Err(NotAccepted::Closed) => break,
            }
        }
        for thread in threads {
            thread.join().expect("a thread that does not panic");
        }
    }

    fn stop(&self) {
        let mut open = self.open.lock();
        open.is_stopped = true;
        open.listeners.iter().for_each(|listener| listener.close());
        open.connections.iter().for_each(|inside| inside.close());
    }
}

impl Handles {
    fn start(&self, connection: Arc<dyn Connection>) -> Option<JoinHandle<()>> {
        let mut open = self.open.lock();
        if open.is_stopped {
            connection.close();
            return None;
        }
        open.connections.push(Arc::clone(&connection));
        Some(thread::spawn(move || {
            converse(&*connection);
            connection.close();
        }))
    }
}

fn converse(connection: &dyn Connection) {
    loop {
        let answer = match connection.receive() {
            Ok(Some(text)) if text == "exit" => "FIN".to_owned(),
            Ok(Some(text)) => format!("echo : {text}"),
            Ok(None) | Err(_) => return,
        };
        if connection.send(&answer).is_err() || answer == "FIN" {
            return;
        }
    }
}
