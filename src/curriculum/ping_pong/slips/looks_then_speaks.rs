//! "I look with the lock held, and I hand over with the lock held." In between the turn is still
//! free, and the next ping takes it, too.

slip! {
    LooksThenSpeaks,
    caught_by: turns_alternate,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Gives the lock back while it speaks, and the turn is still to be had.
struct LooksThenSpeaks {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl LooksThenSpeaks {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        drop(is_pongs_turn);
        speak();
        *self.is_pongs_turn.lock() = !is_pong;
        self.changed.notify_all();
    }
}

impl PingPong for LooksThenSpeaks {
    fn new() -> Self {
        LooksThenSpeaks {
            is_pongs_turn: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }
}
