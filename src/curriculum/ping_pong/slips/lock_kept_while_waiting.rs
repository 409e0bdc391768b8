//! "One speaker at a time: a lock for that, and another for the turn." The wait gives up the
//! second, but not the first, which the partner needs.

slip! {
    LockKeptWhileWaiting,
    caught_by: turns_alternate,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Waits for the partner with a lock held that the partner needs.
struct LockKeptWhileWaiting {
    speaking: Mutex<()>,
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl LockKeptWhileWaiting {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let _speaking = self.speaking.lock();
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = !is_pong;
        self.changed.notify_all();
    }
}

impl PingPong for LockKeptWhileWaiting {
    fn new() -> Self {
        LockKeptWhileWaiting {
            speaking: Mutex::new(()),
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
