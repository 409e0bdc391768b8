//! "I have seen that there is room." Another one has seen it as well, before the first has put its
//! item in.

slip! {
    UnlocksBeforeThePush<Item>,
    caught_by: capacity_is_respected,
    engine: CheckThenAct,
    loom: no_pattern,
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

/// Gives the lock back when it has found room.
struct UnlocksBeforeThePush<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for UnlocksBeforeThePush<T> {
    fn new(capacity: usize) -> Self {
        UnlocksBeforeThePush {
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
        drop(belt);
        self.belt.lock().items.push_back(item);
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
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
