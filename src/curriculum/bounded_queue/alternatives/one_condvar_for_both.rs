//! A ring, and one condvar; after every change all are woken, and look again.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = OneCondvar<Item>;

/// A ring of slots, and one condvar for all.
pub struct OneCondvar<T> {
    ring: Mutex<Ring<T>>,
    changed: Condvar,
}

struct Ring<T> {
    slots: Vec<Option<T>>,
    first: usize,
    length: usize,
    is_closed: bool,
}

impl<T: Send + 'static> BoundedQueue<T> for OneCondvar<T> {
    fn new(capacity: usize) -> Self {
        OneCondvar {
            ring: Mutex::new(Ring {
                slots: (0..capacity).map(|_| None).collect(),
                first: 0,
                length: 0,
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut ring = self.ring.lock();
        let capacity = ring.slots.len();
        while ring.length == capacity && !ring.is_closed {
            self.changed.wait(&mut ring);
        }
        if ring.is_closed {
            return Err(item);
        }
        let end = (ring.first + ring.length) % capacity;
        ring.slots[end] = Some(item);
        ring.length += 1;
        self.changed.notify_all();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut ring = self.ring.lock();
        while ring.length == 0 && !ring.is_closed {
            self.changed.wait(&mut ring);
        }
        let first = ring.first;
        let item = ring.slots[first].take()?;
        ring.first = (first + 1) % ring.slots.len();
        ring.length -= 1;
        self.changed.notify_all();
        Some(item)
    }

    fn close(&self) {
        let mut ring = self.ring.lock();
        ring.is_closed = true;
        self.changed.notify_all();
    }
}
