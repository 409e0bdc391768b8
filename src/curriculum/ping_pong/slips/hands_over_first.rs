//! "I have waited for my turn; now I pass it on and speak." The other side speaks at the same time,
//! or before.

slip! {
    HandsOverFirst,
    caught_by: turns_alternate,
    engine: AnnouncedTooEarly,
    loom: no_pattern,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Hands the turn over before it speaks.
struct HandsOverFirst {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl HandsOverFirst {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        *is_pongs_turn = !is_pong;
        self.changed.notify_all();
        drop(is_pongs_turn);
        speak();
    }
}

impl PingPong for HandsOverFirst {
    fn new() -> Self {
        HandsOverFirst {
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
