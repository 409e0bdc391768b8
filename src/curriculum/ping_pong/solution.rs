//! The reference solution of `ping_pong`: a lock, whose turn it is, and a condvar for each side.

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = Table;

/// Who has the turn speaks with the lock held, and then hands the turn over.
#[derive(Debug)]
pub struct Table {
    is_pongs_turn: Mutex<bool>,
    ping_may_speak: Condvar,
    pong_may_speak: Condvar,
}

impl PingPong for Table {
    fn new() -> Self {
        Table {
            is_pongs_turn: Mutex::new(false),
            ping_may_speak: Condvar::new(),
            pong_may_speak: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        self.ping_may_speak
            .wait_while(&mut is_pongs_turn, |is_pongs_turn| *is_pongs_turn);
        speak();
        *is_pongs_turn = true;
        self.pong_may_speak.notify_one();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        self.pong_may_speak
            .wait_while(&mut is_pongs_turn, |is_pongs_turn| !*is_pongs_turn);
        speak();
        *is_pongs_turn = false;
        self.ping_may_speak.notify_one();
    }
}
