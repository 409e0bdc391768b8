//! TODO: the title, and what it is about.
//!
//! This version TODO. Change `Draft` so that it keeps the contract of `kata::skeleton::Skeleton`;
//! everything in `kata::sync` is yours: `Mutex`, `RwLock`, `atomic`, `channel`, `thread`, ...
//!
//!     cargo kata check skeleton    checks this file, and draws what goes wrong
//!     cargo kata brief skeleton    explains the problem
//!     cargo kata                   shows where you stand

use kata::skeleton::Skeleton;
use kata::sync::atomic::{AtomicU64, Ordering};

struct Draft {
    acted: AtomicU64,
}

impl Skeleton for Draft {
    fn new() -> Self {
        Draft {
            acted: AtomicU64::new(0),
        }
    }

    fn act(&self) {
        let seen = self.acted.load(Ordering::SeqCst);
        self.acted.store(seen + 1, Ordering::SeqCst);
    }

    fn acted(&self) -> u64 {
        self.acted.load(Ordering::SeqCst)
    }
}

fn main() -> std::process::ExitCode {
    kata::skeleton::check::<Draft>()
}
