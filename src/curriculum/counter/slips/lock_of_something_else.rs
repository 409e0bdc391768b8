//! "There is a lock in here, so it is safe." The lock is about who was the last to add; the count
//! lies beside it.

slip! {
    LockOfSomethingElse,
    caught_by: no_update_is_lost,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Mutex, thread};

/// Locks what it does not add to.
struct LockOfSomethingElse {
    last_adder: Mutex<Option<String>>,
    count: AtomicU64,
}

impl Counter for LockOfSomethingElse {
    fn new() -> Self {
        LockOfSomethingElse {
            last_adder: Mutex::new(None),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        *self.last_adder.lock() = thread::current().name().map(str::to_owned);
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
