//! "I sleep for a moment, then it is my turn." No sleep is long enough: it orders nothing.

slip! {
    SleepsAndHopes,
    caught_by: turns_alternate,
    engine: TimeForOrder,
    loom: no_pattern,
}

use kata::ping_pong::PingPong;
use kata::sync::{Mutex, thread};
use std::time::Duration;

/// Sleeps if it is not its turn, and speaks then.
struct SleepsAndHopes {
    is_pongs_turn: Mutex<bool>,
}

impl SleepsAndHopes {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        if *self.is_pongs_turn.lock() != is_pong {
            thread::sleep(Duration::from_millis(100));
        }
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        speak();
        *is_pongs_turn = !is_pong;
    }
}

impl PingPong for SleepsAndHopes {
    fn new() -> Self {
        SleepsAndHopes {
            is_pongs_turn: Mutex::new(false),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }
}
