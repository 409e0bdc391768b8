//! "A flag starts at `false`." This one says `ping_may_speak`, and so the first ping waits for a
//! pong.

slip! {
    PongBegins,
    caught_by: one_thread_plays_both,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Its flag begins as pong's turn.
struct PongBegins {
    ping_may_speak: Mutex<bool>,
    changed: Condvar,
}

impl PongBegins {
    fn speak(&self, is_ping: bool, speak: impl FnOnce()) {
        let mut ping_may_speak = self.ping_may_speak.lock();
        while *ping_may_speak != is_ping {
            self.changed.wait(&mut ping_may_speak);
        }
        speak();
        *ping_may_speak = !is_ping;
        self.changed.notify_all();
    }
}

impl PingPong for PongBegins {
    fn new() -> Self {
        PongBegins {
            ping_may_speak: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }
}
