//! "The flag is atomic, it needs no lock." It changes between the other one's look and its wait,
//! and so does the notification come: too early.

slip! {
    FlagOutsideTheLock,
    caught_by: turns_alternate,
    engine: LostWakeUp,
    loom: LostWakeUp,
}

use kata::ping_pong::PingPong;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};

/// Changes the flag without the lock that the other one holds between its look and its wait.
struct FlagOutsideTheLock {
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
