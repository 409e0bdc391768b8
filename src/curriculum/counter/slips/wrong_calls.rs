//! A call to `increment` that does not add one, or not yet.

use crate::curriculum::counter::Counter;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::{Mutex, thread};
use std::sync::Arc;

/// Returns without adding when the lock is taken.
#[derive(Debug)]
pub struct GivesUp {
    count: Mutex<u64>,
}

impl Counter for GivesUp {
    fn new() -> Self {
        GivesUp {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        let Some(mut count) = self.count.try_lock() else {
            return;
        };
        *count += 1;
    }

    fn value(&self) -> u64 {
        *self.count.lock()
    }
}

/// Adds once more what has been added.
#[derive(Debug)]
pub struct CountsTwice {
    count: AtomicU64,
}

impl Counter for CountsTwice {
    fn new() -> Self {
        CountsTwice {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let count = self.count.fetch_add(1, SeqCst) + 1;
        self.count.store(count + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Leaves the work to a thread, and does not wait for it.
#[derive(Debug)]
pub struct CountsLater {
    count: Arc<AtomicU64>,
}

impl Counter for CountsLater {
    fn new() -> Self {
        CountsLater {
            count: Arc::new(AtomicU64::new(0)),
        }
    }

    fn increment(&self) {
        let count = Arc::clone(&self.count);
        thread::spawn(move || count.fetch_add(1, SeqCst));
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
