//! "If it is not my turn, there is nothing to do." The call returns, and its turn is lost.

slip! {
    SkipsItsTurn,
    caught_by: turns_alternate,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::ping_pong::PingPong;
use kata::sync::Mutex;

/// Returns if it is not its turn.
struct SkipsItsTurn {
    is_pongs_turn: Mutex<bool>,
}

impl PingPong for SkipsItsTurn {
    fn new() -> Self {
        SkipsItsTurn {
            is_pongs_turn: Mutex::new(false),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        if !*is_pongs_turn {
            speak();
            *is_pongs_turn = true;
        }
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        if *is_pongs_turn {
            speak();
            *is_pongs_turn = false;
        }
    }
}
