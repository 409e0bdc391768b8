//! "One condvar, one notification, one that goes on." It may wake one that waits for the other
//! thing, and that one goes to sleep again.

slip! {
    OneCondvarForTwo<Item>,
    caught_by: everything_comes_out_once,
    engine: WrongWaiter,
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

/// Wakes one of those who wait, whatever it waits for.
struct OneCondvarForTwo<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    changed: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for OneCondvarForTwo<T> {
    fn new(capacity: usize) -> Self {
        OneCondvarForTwo {
            capacity,
            belt: Mutex::new(Belt::new()),
            changed: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.changed.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.changed.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.changed.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.changed.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.changed.notify_all();
    }
}
