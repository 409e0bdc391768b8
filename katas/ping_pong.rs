//! Ping-pong: two sides speak in turn, whoever comes first.
//!
//! In this version nobody waits. Change `Table` so that it keeps the contract of
//! `kata::ping_pong::PingPong`; everything in `kata::sync` is yours: `Mutex`, `Condvar`, `channel`,
//! `atomic`, `thread`, ...
//!
//!     cargo kata check ping_pong    checks this file, and draws what goes wrong
//!     cargo kata brief ping_pong    explains the problem
//!     cargo kata                    shows where you stand

use kata::ping_pong::PingPong;
use kata::sync::Mutex;

struct Table {
    is_pongs_turn: Mutex<bool>,
}

impl PingPong for Table {
    fn new() -> Self {
        Table {
            is_pongs_turn: Mutex::new(false),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        speak();
        *is_pongs_turn = true;
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        speak();
        *is_pongs_turn = false;
    }
}

fn main() -> std::process::ExitCode {
    kata::ping_pong::check::<Table>()
}
