//! "One notification for one turn." All wait at the same condvar, and the one that is woken may be
//! of the wrong side: it waits again, and nobody else is woken.

slip! {
    OneCondvarNotifyOne,
    caught_by: turns_alternate,
    engine: WrongWaiter,
    // It takes two pongs that wait, which is more than loom can try for every solution.
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Wakes one of those who wait, of whichever side it is.
struct OneCondvarNotifyOne {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl PingPong for OneCondvarNotifyOne {
    fn new() -> Self {
        OneCondvarNotifyOne {
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
        self.changed.notify_one();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while !*is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
        self.changed.notify_one();
    }
}
