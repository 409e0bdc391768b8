//! "I ask whether it is closed, then I put." It is closed in between, who gets has gone, and the
//! item stays behind.

slip! {
    FlagBesideTheLock<Item>,
    caught_by: what_went_in_comes_out,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

/// Keeps beside the lock whether it is closed.
struct FlagBesideTheLock<T> {
    capacity: usize,
    items: Mutex<VecDeque<T>>,
    is_closed: AtomicBool,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for FlagBesideTheLock<T> {
    fn new(capacity: usize) -> Self {
        FlagBesideTheLock {
            capacity,
            items: Mutex::new(VecDeque::new()),
            is_closed: AtomicBool::new(false),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        if self.is_closed.load(SeqCst) {
            return Err(item);
        }
        let mut items = self.items.lock();
        while items.len() == self.capacity {
            if self.is_closed.load(SeqCst) {
                return Err(item);
            }
            self.has_room.wait(&mut items);
        }
        items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut items = self.items.lock();
        while items.is_empty() && !self.is_closed.load(SeqCst) {
            self.has_item.wait(&mut items);
        }
        let item = items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        let _items = self.items.lock();
        self.is_closed.store(true, SeqCst);
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
