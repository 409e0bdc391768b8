//! All wait at one condvar; after each turn all are woken, and look again.

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = OneCondvar;

/// One condvar for both sides.
pub struct OneCondvar {
    turns: Mutex<u64>,
    changed: Condvar,
}

impl OneCondvar {
    /// Every turn of its own is an even one for ping, an odd one for pong.
    fn speak(&self, parity: u64, speak: impl FnOnce()) {
        let mut turns = self.turns.lock();
        while *turns % 2 != parity {
            self.changed.wait(&mut turns);
        }
        speak();
        *turns += 1;
        self.changed.notify_all();
    }
}

impl PingPong for OneCondvar {
    fn new() -> Self {
        OneCondvar {
            turns: Mutex::new(0),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(0, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(1, speak);
    }
}
