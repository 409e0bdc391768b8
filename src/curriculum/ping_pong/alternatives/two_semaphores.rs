//! Each side has a semaphore, made by hand: wait at one's own, post the other's.

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = TwoSemaphores;

/// A semaphore: a number of permits, and a way to wait for one.
struct Semaphore {
    permits: Mutex<usize>,
    posted: Condvar,
}

impl Semaphore {
    fn new(permits: usize) -> Self {
        Semaphore {
            permits: Mutex::new(permits),
            posted: Condvar::new(),
        }
    }

    fn wait(&self) {
        let mut permits = self.permits.lock();
        while *permits == 0 {
            self.posted.wait(&mut permits);
        }
        *permits -= 1;
    }

    fn post(&self) {
        *self.permits.lock() += 1;
        self.posted.notify_one();
    }
}

/// One permit, which goes from one semaphore to the other.
pub struct TwoSemaphores {
    pings: Semaphore,
    pongs: Semaphore,
}

impl PingPong for TwoSemaphores {
    fn new() -> Self {
        TwoSemaphores {
            pings: Semaphore::new(1),
            pongs: Semaphore::new(0),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.pings.wait();
        speak();
        self.pongs.post();
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.pongs.wait();
        speak();
        self.pings.post();
    }
}
