//! A semaphore, made by hand, counts the room and another one the items.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

/// What is checked.
pub type Solution = Permits<Item>;

/// A number of permits to wait for, until it is closed.
struct Semaphore {
    permits: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Semaphore {
    fn new(permits: usize) -> Self {
        Semaphore {
            permits: Mutex::new((permits, false)),
            changed: Condvar::new(),
        }
    }

    /// False if there is no permit, and will be none.
    fn wait(&self) -> bool {
        let mut permits = self.permits.lock();
        while *permits == (0, false) {
            self.changed.wait(&mut permits);
        }
        let has_permit = permits.0 > 0;
        permits.0 -= usize::from(has_permit);
        has_permit
    }

    fn post(&self) {
        self.permits.lock().0 += 1;
        self.changed.notify_one();
    }

    fn close(&self) {
        self.permits.lock().1 = true;
        self.changed.notify_all();
    }
}

/// Permits to put, permits to get, and the items.
pub struct Permits<T> {
    room: Semaphore,
    filled: Semaphore,
    /// `None` once it is closed is what may not be put; what is in stays.
    items: Mutex<(VecDeque<T>, bool)>,
}

impl<T: Send + 'static> BoundedQueue<T> for Permits<T> {
    fn new(capacity: usize) -> Self {
        Permits {
            room: Semaphore::new(capacity),
            filled: Semaphore::new(0),
            items: Mutex::new((VecDeque::new(), false)),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        if !self.room.wait() {
            return Err(item);
        }
        let mut items = self.items.lock();
        if items.1 {
            return Err(item);
        }
        items.0.push_back(item);
        // With the lock held, or the queue might be closed before it is known that this is in.
        self.filled.post();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        if !self.filled.wait() {
            return None;
        }
        let item = self.items.lock().0.pop_front();
        self.room.post();
        item
    }

    fn close(&self) {
        let mut items = self.items.lock();
        items.1 = true;
        self.filled.close();
        self.room.close();
    }
}
