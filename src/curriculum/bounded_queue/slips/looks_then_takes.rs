//! "Nothing goes into a closed queue, so what I have seen is there." Others get from it, too.

slip! {
    LooksThenTakes<Item>,
    caught_by: what_is_left_comes_out_once,
    engine: CheckThenAct,
    loom: CheckThenAct,
}

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

struct Belt<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

/// Gives the lock back between the look at a closed queue and the taking.
struct LooksThenTakes<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for LooksThenTakes<T> {
    fn new(capacity: usize) -> Self {
        LooksThenTakes {
            capacity,
            belt: Mutex::new(Belt {
                items: VecDeque::new(),
                is_closed: false,
            }),
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
        if belt.is_closed {
            let is_empty = belt.items.is_empty();
            drop(belt);
            let take = || self.belt.lock().items.pop_front();
            return (!is_empty).then(|| take().expect("it is not empty"));
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
