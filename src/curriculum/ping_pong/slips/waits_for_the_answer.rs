//! "A ping is over when it has been answered." Not for the thread that is to answer itself.

slip! {
    WaitsForTheAnswer,
    caught_by: one_thread_plays_both,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// A ping returns when a pong has spoken.
struct WaitsForTheAnswer {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl PingPong for WaitsForTheAnswer {
    fn new() -> Self {
        WaitsForTheAnswer {
            is_pongs_turn: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = true;
        self.changed.notify_all();
        while *is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while !*is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
        self.changed.notify_all();
    }
}
