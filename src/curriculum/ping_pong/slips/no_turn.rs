//! Nobody waits for a turn.

use crate::curriculum::ping_pong::PingPong;
use crate::sync::Mutex;

/// Speaks as soon as nobody else does.
#[derive(Debug)]
pub struct NoWaiting {
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

/// Returns if it is not its turn.
#[derive(Debug)]
pub struct SkipsItsTurn {
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
