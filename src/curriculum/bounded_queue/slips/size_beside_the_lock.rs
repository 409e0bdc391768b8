//! "The size is atomic, so it is right." It is not changed together with the items: between the two
//! it says that there is room, or fewer than none.

slip! {
    SizeBesideTheLock<Item>,
    caught_by: capacity_is_respected,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

struct Belt<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

impl<T> Belt<T> {
    fn new() -> Self {
        Belt {
            items: VecDeque::new(),
            is_closed: false,
        }
    }
}

/// Counts the items in an atomic beside the lock.
struct SizeBesideTheLock<T> {
    capacity: usize,
    size: AtomicUsize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for SizeBesideTheLock<T> {
    fn new(capacity: usize) -> Self {
        SizeBesideTheLock {
            capacity,
            size: AtomicUsize::new(0),
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while self.size.load(SeqCst) == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        drop(belt);
        self.size.fetch_add(1, SeqCst);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        if item.is_some() {
            self.size.fetch_sub(1, SeqCst);
        }
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
