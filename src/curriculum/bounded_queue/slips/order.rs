//! The items are there, but come out in another order, or are looked for in the wrong way.

use crate::curriculum::bounded_queue::BoundedQueue;
use crate::sync::{Condvar, Mutex};
use std::collections::VecDeque;

#[derive(Debug)]
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

/// Takes the last item.
#[derive(Debug)]
pub struct LastInFirstOut<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for LastInFirstOut<T> {
    fn new(capacity: usize) -> Self {
        LastInFirstOut {
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
        let item = belt.items.pop_back();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}

/// Asks again and again for an item.
#[derive(Debug)]
pub struct GetSpins<T> {
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

/// Takes an empty queue for the end.
#[derive(Debug)]
pub struct GetDoesNotWait<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for GetDoesNotWait<T> {
    fn new(capacity: usize) -> Self {
        GetDoesNotWait {
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
        let item = self.belt.lock().items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}

/// Puts into the lane that is free.
#[derive(Debug)]
pub struct TwoLanes<T> {
    capacity: usize,
    first: Mutex<VecDeque<T>>,
    second: Mutex<VecDeque<T>>,
    /// The number of items in both, and whether it is closed.
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for TwoLanes<T> {
    fn new(capacity: usize) -> Self {
        TwoLanes {
            capacity,
            first: Mutex::new(VecDeque::new()),
            second: Mutex::new(VecDeque::new()),
            state: Mutex::new((0, false)),
            changed: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut state = self.state.lock();
        while state.0 == self.capacity && !state.1 {
            self.changed.wait(&mut state);
        }
        if state.1 {
            return Err(item);
        }
        state.0 += 1;
        drop(state);
        let mut lane = self.first.try_lock().unwrap_or_else(|| self.second.lock());
        lane.push_back(item);
        drop(lane);
        self.changed.notify_all();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut state = self.state.lock();
        loop {
            let item = self.first.lock().pop_front();
            let item = item.or_else(|| self.second.lock().pop_front());
            if item.is_some() {
                state.0 -= 1;
                self.changed.notify_all();
                return item;
            }
            if state.1 {
                return None;
            }
            self.changed.wait(&mut state);
        }
    }

    fn close(&self) {
        self.state.lock().1 = true;
        self.changed.notify_all();
    }
}
