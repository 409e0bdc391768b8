//! eugenp/tutorials#14417: a DataQueue with monitors FULL_QUEUE and EMPTY_QUEUE; isFull() is
//! asked outside of both; several producers exceed the capacity.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

struct Belt<T> {
    max_size: usize,
    queue: Mutex<VecDeque<T>>,
    full_queue: Mutex<()>,
    is_not_full: Condvar,
    empty_queue: Mutex<()>,
    is_not_empty: Condvar,
    closed: Mutex<bool>,
}

impl<T> Belt<T> {
    fn is_full(&self) -> bool {
        self.queue.lock().len() == self.max_size
    }
    fn is_empty(&self) -> bool {
        self.queue.lock().is_empty()
    }
    fn is_closed(&self) -> bool {
        *self.closed.lock()
    }
    fn wait_is_not_full(&self) {
        let mut monitor = self.full_queue.lock();
        while self.is_full() && !self.is_closed() {
            self.is_not_full.wait(&mut monitor);
        }
    }
    fn wait_is_not_empty(&self) {
        let mut monitor = self.empty_queue.lock();
        while self.is_empty() && !self.is_closed() {
            self.is_not_empty.wait(&mut monitor);
        }
    }
}

impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self {
        Belt {
            max_size: capacity,
            queue: Mutex::new(VecDeque::new()),
            full_queue: Mutex::new(()),
            is_not_full: Condvar::new(),
            empty_queue: Mutex::new(()),
            is_not_empty: Condvar::new(),
            closed: Mutex::new(false),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        self.wait_is_not_full();
        if self.is_closed() {
            return Err(item);
        }
        self.queue.lock().push_back(item);
        let _monitor = self.empty_queue.lock();
        self.is_not_empty.notify_all();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        loop {
            self.wait_is_not_empty();
            let item = self.queue.lock().pop_front();
            if item.is_some() || self.is_closed() {
                let _monitor = self.full_queue.lock();
                self.is_not_full.notify_all();
                return item;
            }
        }
    }

    fn close(&self) {
        *self.closed.lock() = true;
        let _full = self.full_queue.lock();
        self.is_not_full.notify_all();
        let _empty = self.empty_queue.lock();
        self.is_not_empty.notify_all();
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
