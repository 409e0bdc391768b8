//! "Whoever speaks holds the lock." So nobody interrupts, but nobody waits for a turn either: pong
//! may come first.

slip! {
    NoWaiting,
    caught_by: turns_alternate,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::ping_pong::PingPong;
use kata::sync::Mutex;

/// Speaks as soon as nobody else does.
struct NoWaiting {
    speaking: Mutex<()>,
}

impl PingPong for NoWaiting {
    fn new() -> Self {
        NoWaiting {
            speaking: Mutex::new(()),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let _speaking = self.speaking.lock();
        speak();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let _speaking = self.speaking.lock();
        speak();
    }
}
