//! "I count the turns." Nobody asks for the count: the flag that pong waits for is never set.

slip! {
    TurnOnlyCounted,
    caught_by: one_thread_plays_both,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// Counts the turns, and never says whose the next one is.
struct TurnOnlyCounted {
    game: Mutex<Counted>,
    changed: Condvar,
}

struct Counted {
    is_pongs_turn: bool,
    turns: u64,
}

impl TurnOnlyCounted {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut game = self.game.lock();
        while game.is_pongs_turn != is_pong {
            self.changed.wait(&mut game);
        }
        speak();
        game.turns += 1;
        self.changed.notify_all();
    }
}

impl PingPong for TurnOnlyCounted {
    fn new() -> Self {
        TurnOnlyCounted {
            game: Mutex::new(Counted {
                is_pongs_turn: false,
                turns: 0,
            }),
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
