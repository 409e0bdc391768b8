//! "Pong waits for ping." And the next ping waits for pong, which tells nobody that it has spoken.

slip! {
    OnlyPingNotifies,
    caught_by: turns_alternate,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Pong does not say that it has spoken.
struct OnlyPingNotifies {
    is_pongs_turn: Mutex<bool>,
    ping_may_speak: Condvar,
    pong_may_speak: Condvar,
}

impl PingPong for OnlyPingNotifies {
    fn new() -> Self {
        OnlyPingNotifies {
            is_pongs_turn: Mutex::new(false),
            ping_may_speak: Condvar::new(),
            pong_may_speak: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn {
            self.ping_may_speak.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = true;
        self.pong_may_speak.notify_one();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while !*is_pongs_turn {
            self.pong_may_speak.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
    }
}
