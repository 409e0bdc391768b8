//! The turn is right, but the wait for it is not.

use crate::curriculum::ping_pong::PingPong;
use crate::sync::thread;
use crate::sync::{Condvar, Mutex};
use std::time::Duration;

/// A ping returns when a pong has spoken.
#[derive(Debug)]
pub struct WaitsForTheAnswer {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl PingPong for WaitsForTheAnswer {
    fn new() -> Self {
        WaitsForTheAnswer {
            is_pongs_turn: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = true;
        self.changed.notify_all();
        while *is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while !*is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
        self.changed.notify_all();
    }
}

/// Does not look again when it has been woken.
#[derive(Debug)]
pub struct IfInsteadOfWhile {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl PingPong for IfInsteadOfWhile {
    fn new() -> Self {
        IfInsteadOfWhile {
            is_pongs_turn: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        if *is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = true;
        self.changed.notify_all();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        if !*is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
        self.changed.notify_all();
    }
}

/// Waits for the partner with a lock held that the partner needs.
#[derive(Debug)]
pub struct LockKeptWhileWaiting {
    speaking: Mutex<()>,
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl LockKeptWhileWaiting {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let _speaking = self.speaking.lock();
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = !is_pong;
        self.changed.notify_all();
    }
}

impl PingPong for LockKeptWhileWaiting {
    fn new() -> Self {
        LockKeptWhileWaiting {
            speaking: Mutex::new(()),
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

/// Sleeps if it is not its turn, and speaks then.
#[derive(Debug)]
pub struct SleepsAndHopes {
    is_pongs_turn: Mutex<bool>,
}

impl SleepsAndHopes {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        if *self.is_pongs_turn.lock() != is_pong {
            thread::sleep(Duration::from_millis(100));
        }
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        speak();
        *is_pongs_turn = !is_pong;
    }
}

impl PingPong for SleepsAndHopes {
    fn new() -> Self {
        SleepsAndHopes {
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
