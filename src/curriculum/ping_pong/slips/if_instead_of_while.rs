//! "When I am woken, it is my turn." Or that of another one who was woken, or nobody's: a wake-up
//! promises nothing.

slip! {
    IfInsteadOfWhile,
    caught_by: turns_alternate,
    engine: NotRechecked,
    // It takes two pongs that wait, which is more than loom can try for every solution.
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Does not look again when it has been woken.
struct IfInsteadOfWhile {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl PingPong for IfInsteadOfWhile {
    fn new() -> Self {
        IfInsteadOfWhile {
            is_pongs_turn: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        if *is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = true;
        self.changed.notify_all();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        if !*is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
        self.changed.notify_all();
    }
}
