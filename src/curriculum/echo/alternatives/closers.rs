//! A thread that waits for the end, and closes what there is; threads tell by a channel that they have ended.

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::{Mutex, thread};
use std::sync::Arc;

/// What is checked.
pub type Solution = Closers;

/// What closes something.
type Close = Box<dyn Fn() + Send + Sync>;

/// Knows how to close what it has opened, and no more of it than that. `None` once it is stopped.
pub struct Closers {
    closers: Mutex<Option<Vec<Close>>>,
}

impl EchoServer for Closers {
    fn new() -> Self {
        Closers {
            closers: Mutex::new(Some(Vec::new())),
        }
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
        let closes = Arc::clone(&listener);
        self.will_close(move || closes.close());
        let (done, all_done): (Sender<()>, Receiver<()>) = channel::unbounded();
        loop {
            match listener.accept() {
                Ok(connection) => {
                    let closes = Arc::clone(&connection);
                    self.will_close(move || closes.close());
                    let done = done.clone();
                    thread::spawn(move || {
                        converse(&*connection);
                        connection.close();
                        // Its end is what is waited for.
                        drop(done);
                    });
                }
                Err(NotAccepted::Gone) => {}
                Err(NotAccepted::Closed) => break,
            }
        }
        drop(done);
        let end = all_done.recv();
        assert!(end.is_err(), "nobody sends");
    }

    fn stop(&self) {
        // All under the lock: whoever else stops it returns when that is done.
        let mut closers = self.closers.lock();
        closers
            .take()
            .into_iter()
            .flatten()
            .for_each(|close| close());
    }
}

impl Closers {
    /// Closes this when it is stopped: at once, if it has been.
    fn will_close(&self, close: impl Fn() + Send + Sync + 'static) {
        match &mut *self.closers.lock() {
            Some(closers) => closers.push(Box::new(close)),
            None => close(),
        }
    }
}

fn converse(connection: &dyn Connection) {
    while let Ok(Some(text)) = connection.receive() {
        match &*text {
            "exit" => {
                let _ = connection.send("FIN");
                return;
            }
            text if connection.send(&format!("echo : {text}")).is_err() => return,
            _ => {}
        }
    }
}
