//! The turn is handed over, but the one who waits for it is not told, or not in time.

use crate::curriculum::ping_pong::PingPong;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::{Condvar, Mutex};

/// Wakes one of those who wait, of whichever side it is.
#[derive(Debug)]
pub struct OneCondvarNotifyOne {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl PingPong for OneCondvarNotifyOne {
    fn new() -> Self {
        OneCondvarNotifyOne {
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
        self.changed.notify_one();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while !*is_pongs_turn {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
        self.changed.notify_one();
    }
}

/// Notifies while it is still its own turn.
#[derive(Debug)]
pub struct NotifiesBeforeTheChange {
    is_pongs_turn: Mutex<bool>,
    changed: Condvar,
}

impl NotifiesBeforeTheChange {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn != is_pong {
            self.changed.wait(&mut is_pongs_turn);
        }
        speak();
        drop(is_pongs_turn);
        self.changed.notify_all();
        *self.is_pongs_turn.lock() = !is_pong;
    }
}

impl PingPong for NotifiesBeforeTheChange {
    fn new() -> Self {
        NotifiesBeforeTheChange {
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

/// Changes the flag without the lock that the other one holds between its look and its wait.
#[derive(Debug)]
pub struct FlagOutsideTheLock {
    is_pongs_turn: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

impl FlagOutsideTheLock {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        let mut lock = self.lock.lock();
        while self.is_pongs_turn.load(SeqCst) != is_pong {
            self.changed.wait(&mut lock);
        }
        drop(lock);
        speak();
        self.is_pongs_turn.store(!is_pong, SeqCst);
        self.changed.notify_all();
    }
}

impl PingPong for FlagOutsideTheLock {
    fn new() -> Self {
        FlagOutsideTheLock {
            is_pongs_turn: AtomicBool::new(false),
            lock: Mutex::new(()),
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

/// Pong does not say that it has spoken.
#[derive(Debug)]
pub struct OnlyPingNotifies {
    is_pongs_turn: Mutex<bool>,
    ping_may_speak: Condvar,
    pong_may_speak: Condvar,
}

impl PingPong for OnlyPingNotifies {
    fn new() -> Self {
        OnlyPingNotifies {
            is_pongs_turn: Mutex::new(false),
            ping_may_speak: Condvar::new(),
            pong_may_speak: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while *is_pongs_turn {
            self.ping_may_speak.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = true;
        self.pong_may_speak.notify_one();
    }

    fn pong(&self, speak: impl FnOnce()) {
        let mut is_pongs_turn = self.is_pongs_turn.lock();
        while !*is_pongs_turn {
            self.pong_may_speak.wait(&mut is_pongs_turn);
        }
        speak();
        *is_pongs_turn = false;
    }
}
