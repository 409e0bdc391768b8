//! Two threads for each client: one reads, and the other one answers what the first has read.

use kata::echo::{Connection, EchoServer, Listener, NotAccepted};
use kata::sync::{Mutex, channel, thread};
use std::sync::Arc;

/// What is checked.
pub type Solution = TwoThreads;

/// Who reads does not wait for who writes.
pub struct TwoThreads {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_stopped: bool,
    listener: Option<Arc<dyn Listener>>,
    inside: Vec<Arc<dyn Connection>>,
}

impl EchoServer for TwoThreads {
    fn new() -> Self {
        TwoThreads {
            state: Mutex::default(),
        }
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
        {
            let mut state = self.state.lock();
            if state.is_stopped {
                listener.close();
            }
            state.listener = Some(Arc::clone(&listener));
        }
        thread::scope(|scope| {
            loop {
                let connection = match listener.accept() {
                    Ok(connection) => connection,
                    Err(NotAccepted::Gone) => continue,
                    Err(NotAccepted::Closed) => return,
                };
                let mut state = self.state.lock();
                if state.is_stopped {
                    connection.close();
                    continue;
                }
                state.inside.push(Arc::clone(&connection));
                drop(state);
                let (texts, answers) = channel::unbounded();
                let reads = Arc::clone(&connection);
                scope.spawn(move || {
                    while let Ok(Some(text)) = reads.receive() {
                        let is_last = text == "exit";
                        // If nobody is there to answer, there is nothing to be answered.
                        if texts.send(text).is_err() || is_last {
                            return;
                        }
                    }
                });
                scope.spawn(move || {
                    for text in answers {
                        let answer = match &*text {
                            "exit" => "FIN".to_owned(),
                            text => format!("echo : {text}"),
                        };
                        if connection.send(&answer).is_err() {
                            break;
                        }
                    }
                    connection.close();
                });
            }
        });
    }

    fn stop(&self) {
        let mut state = self.state.lock();
        state.is_stopped = true;
        if let Some(listener) = &state.listener {
            listener.close();
        }
        state.inside.iter().for_each(|inside| inside.close());
    }
}
