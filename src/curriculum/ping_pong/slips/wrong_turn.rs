//! All wait, but the turn is not what they wait for.

use crate::curriculum::ping_pong::PingPong;
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::{Condvar, Mutex};

/// Counts the turns, and never says whose the next one is.
#[derive(Debug)]
pub struct TurnOnlyCounted {
    game: Mutex<Counted>,
    changed: Condvar,
}

#[derive(Debug)]
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

/// Its flag begins as pong's turn.
#[derive(Debug)]
pub struct PongBegins {
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

/// A ball for each side.
pub struct BothMayBegin {
    pings: (Sender<()>, Receiver<()>),
    pongs: (Sender<()>, Receiver<()>),
}

impl PingPong for BothMayBegin {
    fn new() -> Self {
        let game = BothMayBegin {
            pings: channel::unbounded(),
            pongs: channel::unbounded(),
        };
        game.pings.0.send(()).unwrap();
        game.pongs.0.send(()).unwrap();
        game
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.pings.1.recv().unwrap();
        speak();
        self.pongs.0.send(()).unwrap();
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.pongs.1.recv().unwrap();
        speak();
        self.pings.0.send(()).unwrap();
    }
}

/// Hands the turn over before it speaks.
#[derive(Debug)]
pub struct HandsOverFirst {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl HandsOverFirst {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        *is_pongs_turn = !is_pong;
        self.changed.notify_all();
        drop(is_pongs_turn);
        speak();
    }
}

impl PingPong for HandsOverFirst {
    fn new() -> Self {
        HandsOverFirst {
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

/// Gives the lock back while it speaks, and the turn is still to be had.
#[derive(Debug)]
pub struct LooksThenSpeaks {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl LooksThenSpeaks {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        drop(is_pongs_turn);
        speak();
        *self.is_pongs_turn.lock() = !is_pong;
        self.changed.notify_all();
    }
}

impl PingPong for LooksThenSpeaks {
    fn new() -> Self {
        LooksThenSpeaks {
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
