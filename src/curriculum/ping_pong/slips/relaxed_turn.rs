//! "An atomic is an atomic." With `Relaxed` the turn is handed over, but not what was said in it.
//! Only weak memory shows it.

slip! {
    RelaxedTurn,
    caught_by: turns_alternate,
    loom: SeenTooLate,
}

use kata::ping_pong::PingPong;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::thread;

/// Hands over the turn, and nothing with it.
struct RelaxedTurn {
    ping_may_speak: AtomicBool,
    pong_may_speak: AtomicBool,
}

fn take_turn(may_speak: &AtomicBool) {
    while !may_speak.swap(false, Relaxed) {
        thread::yield_now();
    }
}

impl PingPong for RelaxedTurn {
    fn new() -> Self {
        RelaxedTurn {
            ping_may_speak: AtomicBool::new(true),
            pong_may_speak: AtomicBool::new(false),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        take_turn(&self.ping_may_speak);
        speak();
        self.pong_may_speak.store(true, Relaxed);
    }

    fn pong(&self, speak: impl FnOnce()) {
        take_turn(&self.pong_may_speak);
        speak();
        self.ping_may_speak.store(true, Relaxed);
    }
}
