//! "I ask until it is my turn." The loop gives nobody else a chance to make it so.

slip! {
    NeverGivesWay,
    caught_by: turns_alternate,
    engine: UnfairSpin,
    loom: UnfairSpin,
}

use kata::ping_pong::PingPong;
use kata::sync::Mutex;

/// Takes the lock, looks, gives it back, and takes it again.
struct NeverGivesWay {
    is_pongs_turn: Mutex<bool>,
}

impl NeverGivesWay {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        loop {
            let mut is_pongs_turn = self.is_pongs_turn.lock();
            if *is_pongs_turn == is_pong {
                speak();
                *is_pongs_turn = !is_pong;
                return;
            }
        }
    }
}

impl PingPong for NeverGivesWay {
    fn new() -> Self {
        NeverGivesWay {
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
