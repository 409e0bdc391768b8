//! "I wake the other one, then I hand over." It is awake, sees that it is not its turn, and goes to
//! sleep again before the change.

slip! {
    NotifiesBeforeTheChange,
    caught_by: turns_alternate,
    engine: LostWakeUp,
    loom: NobodyNotifies,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Notifies while it is still its own turn.
struct NotifiesBeforeTheChange {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl NotifiesBeforeTheChange {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        drop(is_pongs_turn);
        self.changed.notify_all();
        *self.is_pongs_turn.lock() = !is_pong;
    }
}

impl PingPong for NotifiesBeforeTheChange {
    fn new() -> Self {
        NotifiesBeforeTheChange {
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
