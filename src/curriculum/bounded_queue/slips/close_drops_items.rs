//! "Closed means that it is over." What was put before is lost, though its `put` has said `Ok`.

slip! {
    CloseDropsItems<Item>,
    caught_by: closed_is_closed,
    engine: OneThread,
    loom: OneThread,
}

use kata::bounded_queue::{BoundedQueue, Item};
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

/// Throws away what is in the queue.
struct CloseDropsItems<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for CloseDropsItems<T> {
    fn new(capacity: usize) -> Self {
        CloseDropsItems {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        let mut belt = self.belt.lock();
        belt.is_closed = true;
        belt.items.clear();
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
