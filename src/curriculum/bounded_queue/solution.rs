//! The reference solution of `bounded_queue`: a lock, and a condvar for each thing to wait for.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

/// What is checked.
pub type Solution = Monitor<Item>;

/// Items under a lock: a put waits for room, a get waits for an item.
#[derive(Debug)]
pub struct Monitor<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

#[derive(Debug)]
struct Belt<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

impl<T: Send + 'static> BoundedQueue<T> for Monitor<T> {
    fn new(capacity: usize) -> Self {
        Monitor {
            capacity,
            belt: Mutex::new(Belt {
                items: VecDeque::with_capacity(capacity),
                is_closed: false,
            }),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        self.has_room.wait_while(&mut belt, |belt| {
            belt.items.len() == self.capacity && !belt.is_closed
        });
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        self.has_item
            .wait_while(&mut belt, |belt| belt.items.is_empty() && !belt.is_closed);
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        // All of them: none of those who wait has anything left to wait for.
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
