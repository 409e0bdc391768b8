//! The shared counter: threads add to one count, and no increment may get lost.
//!
//! This version loses some. Change `Tally` so that it keeps the contract of `kata::counter::Counter`;
//! everything in `kata::sync` is yours: `Mutex`, `RwLock`, `atomic`, `channel`, `thread`, ...
//!
//!     cargo kata check counter    checks this file, and draws what goes wrong
//!     cargo kata brief counter    explains the problem
//!     cargo kata                  shows where you stand

use kata::counter::Counter;
use kata::sync::atomic::{AtomicU64, Ordering};

struct Tally {
    count: AtomicU64,
}

impl Counter for Tally {
    fn new() -> Self {
        Tally {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(Ordering::SeqCst);
        self.count.store(seen + 1, Ordering::SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}

fn main() -> std::process::ExitCode {
    kata::counter::check::<Tally>()
}
