//! "A ring of 255 is large enough." The capacity is kept in a byte, and of 300 that leaves 44.

slip! {
    CapacityInAByte<Item>,
    caught_by: first_in_first_out,
    generated: NobodyNotifies,
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

/// Saves memory in the wrong place.
struct CapacityInAByte<T> {
    capacity: u8,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for CapacityInAByte<T> {
    fn new(capacity: usize) -> Self {
        CapacityInAByte {
            capacity: capacity as u8,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() >= usize::from(self.capacity) && !belt.is_closed {
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
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
