//! The echo server: each client is answered what it says, and nobody waits for another one.
//!
//! In this version clients are served one after the other, and nothing stops it. Change `OneByOne` so
//! that it keeps the contract of `kata::echo::EchoServer`; everything in `kata::sync` is yours: `Mutex`,
//! `Condvar`, `atomic`, `channel`, `thread`, ...
//!
//!     cargo kata check echo    checks this file, and draws what goes wrong
//!     cargo kata brief echo    explains the problem
//!     cargo kata               shows where you stand

use kata::echo::{Connection, EchoServer, Listener};
use std::sync::Arc;

struct OneByOne;

impl EchoServer for OneByOne {
    fn new() -> Self {
        OneByOne
    }

    fn serve(&self, listener: Arc<dyn Listener>) {
        while let Ok(connection) = listener.accept() {
            converse(&*connection);
        }
    }

    fn stop(&self) {}
}

/// Answers a client.
fn converse(connection: &dyn Connection) {
    while let Ok(Some(text)) = connection.receive() {
        if connection.send(&format!("echo : {text}")).is_err() {
            return;
        }
    }
}

fn main() -> std::process::ExitCode {
    kata::echo::check::<OneByOne>()
}
