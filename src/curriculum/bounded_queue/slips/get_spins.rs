//! "I ask until there is an item." The loop gives nobody else a chance to put one in.

slip! {
    GetSpins<Item>,
    caught_by: everything_comes_out_once,
    engine: UnfairSpin,
    loom: UnfairSpin,
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

/// Asks again and again for an item.
struct GetSpins<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for GetSpins<T> {
    fn new(capacity: usize) -> Self {
        GetSpins {
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
        loop {
            let mut belt = self.belt.lock();
            if !belt.items.is_empty() || belt.is_closed {
                self.has_room.notify_one();
                return belt.items.pop_front();
            }
        }
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
