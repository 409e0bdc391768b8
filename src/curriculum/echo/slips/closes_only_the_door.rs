//! "Nobody comes in any more, so it will end." Who is inside stays.

slip! {
    ClosesOnlyTheDoor,
    caught_by: nobody_waits_for_a_client,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::Mutex;
use kata::sync::thread;
use std::sync::Arc;

/// Closes the listener, and no connection.
struct ClosesOnlyTheDoor {
    house: Mutex<House>,
}

/// What to close when it is over.
#[derive(Default)]
struct House {
    is_stopped: bool,
    listener: Option<Arc<dyn Listener>>,
}

impl EchoServer for ClosesOnlyTheDoor {
    fn new() -> Self {
        ClosesOnlyTheDoor {
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
                scope.spawn(move || {
                    converse(&*connection);
                    connection.close();
                });
            }
        });
    }

    fn stop(&self) {
        let mut house = self.house.lock();
        house.is_stopped = true;
        if let Some(listener) = &house.listener {
            listener.close();
        }
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
