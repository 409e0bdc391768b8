//! "Nobody adds while somebody reads." The first reader to finish says so for all, and the others
//! are still reading.

slip! {
    OneReaderFlag,
    caught_by: value_never_goes_back,
    generated: CheckThenAct,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};

/// Adds nothing while somebody reads; but the first who has read lets others in for all.
#[derive(Default)]
struct OneReaderFlag {
    is_being_read: Mutex<bool>,
    has_been_read: Condvar,
    high: AtomicU64,
    low: AtomicU64,
}

impl OneReaderFlag {
    fn get(&self) -> u64 {
        self.high.load(SeqCst) * 2 + self.low.load(SeqCst)
    }
}

impl Counter for OneReaderFlag {
    fn new() -> Self {
        OneReaderFlag::default()
    }

    fn increment(&self) {
        let mut is_being_read = self.is_being_read.lock();
        self.has_been_read
            .wait_while(&mut is_being_read, |is_being_read| *is_being_read);
        let count = self.get() + 1;
        self.low.store(count % 2, SeqCst);
        self.high.store(count / 2, SeqCst);
    }

    fn value(&self) -> u64 {
        *self.is_being_read.lock() = true;
        let count = self.get();
        *self.is_being_read.lock() = false;
        self.has_been_read.notify_all();
        count
    }
}
