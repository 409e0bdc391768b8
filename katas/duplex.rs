//! The chat client: it sends what is typed, and prints what arrives.
//!
//! In this version it does the one after the other, for ever in turn. Change `InTurn` so that it keeps
//! the contract of `kata::duplex::Duplex`; everything in `kata::sync` is yours: `thread`, `Mutex`,
//! `channel`, ...
//!
//!     cargo kata check duplex    checks this file, and draws what goes wrong
//!     cargo kata brief duplex    explains the problem
//!     cargo kata                 shows where you stand

use kata::duplex::{Connection, Duplex, FAREWELL, Keyboard, Screen};
use std::sync::Arc;

struct InTurn;

impl Duplex for InTurn {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        while let Some(line) = keyboard.line() {
            connection.send(&line).unwrap();
            let Some(text) = connection.receive() else {
                break;
            };
            screen.print(&format!("*{text}*"));
        }
        connection.close();
        screen.print(FAREWELL);
    }
}

fn main() -> std::process::ExitCode {
    kata::duplex::check::<InTurn>()
}
