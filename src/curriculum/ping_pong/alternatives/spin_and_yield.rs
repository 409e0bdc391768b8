//! Tries to take the turn by an exchange, and gives way as long as that fails.

use kata::ping_pong::PingPong;
use kata::sync::atomic::AtomicU8;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::thread;

/// What is checked.
pub type Solution = SpinAndYield;

/// Whose turn it is, or that somebody speaks, in an atomic.
pub struct SpinAndYield {
    turn: AtomicU8,
}

const PING: u8 = 0;

const PONG: u8 = 1;

const SPEAKING: u8 = 2;

impl SpinAndYield {
    fn speak(&self, own: u8, next: u8, speak: impl FnOnce()) {
        // Acquire pairs with the Release below: who takes the turn sees what was said before.
        // Relaxed: one that fails learns nothing that it uses.
        while self
            .turn
            .compare_exchange(own, SPEAKING, Acquire, Relaxed)
            .is_err()
        {
            thread::yield_now();
        }
        speak();
        // Release pairs with the Acquire above.
        self.turn.store(next, Release);
    }
}

impl PingPong for SpinAndYield {
    fn new() -> Self {
        SpinAndYield {
            turn: AtomicU8::new(PING),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(PING, PONG, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(PONG, PING, speak);
    }
}
