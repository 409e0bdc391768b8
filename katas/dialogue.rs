//! The dialogue: a server and a client who speak in turn, each at its end of a wire.
//!
//! In this version both listen first. Change `Talk` so that it keeps the contract of
//! `kata::dialogue::Dialogue`; everything in `kata::sync` is yours, though it can be done without.
//!
//!     cargo kata check dialogue    checks this file, and draws what goes wrong
//!     cargo kata brief dialogue    explains the problem
//!     cargo kata                   shows where you stand

use kata::dialogue::{Console, Dialogue, Wire};

struct Talk;

impl Dialogue for Talk {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        talk(wire, console);
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        talk(wire, console);
    }
}

/// What either party does.
fn talk(wire: &dyn Wire, console: &dyn Console) {
    while let Some(text) = wire.receive() {
        console.show(&text);
        if text == "fin" {
            break;
        }
        if let Some(line) = console.ask() {
            let _ = wire.send(&line);
        }
    }
    wire.close();
}

fn main() -> std::process::ExitCode {
    kata::dialogue::check::<Talk>()
}
