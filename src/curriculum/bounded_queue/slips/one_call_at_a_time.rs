//! "One call at a time, then nothing can go wrong." A call that waits gives up the lock of the items,
//! but not the other one, and so nobody can bring what it waits for.

slip! {
    OneCallAtATime<Item>,
    caught_by: everything_comes_out_once,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
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

/// Has a lock around each call, besides that of the items.
struct OneCallAtATime<T> {
    capacity: usize,
    turn: Mutex<()>,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for OneCallAtATime<T> {
    fn new(capacity: usize) -> Self {
        OneCallAtATime {
            capacity,
            turn: Mutex::new(()),
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let _turn = self.turn.lock();
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
        let _turn = self.turn.lock();
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
