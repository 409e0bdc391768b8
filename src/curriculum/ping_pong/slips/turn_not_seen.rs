//! "An atomic is an atomic." This one is `std`'s: no explorer sees that the turn changes.

slip! {
    TurnNotSeen,
    caught_by: one_thread_plays_both,
    engine: OneThread,
    loom: OneThread,
}

use kata::ping_pong::PingPong;
use kata::sync::thread;

/// Keeps the turn where the explorer does not look.
struct TurnNotSeen {
    #[allow(clippy::disallowed_types)]
    is_pongs_turn: std::sync::atomic::AtomicBool,
}

impl TurnNotSeen {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        while self.is_pongs_turn.load(std::sync::atomic::Ordering::SeqCst) != is_pong {
            thread::yield_now();
        }
        speak();
        self.is_pongs_turn
            .store(!is_pong, std::sync::atomic::Ordering::SeqCst);
    }
}

impl PingPong for TurnNotSeen {
    fn new() -> Self {
        TurnNotSeen {
            is_pongs_turn: Default::default(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }
}
