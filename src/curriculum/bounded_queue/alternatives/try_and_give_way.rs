//! Looks with the lock held, and gives way as long as there is nothing to do.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::VecDeque;

/// What is checked.
pub type Solution = GiveWay<Item>;

/// Looks again and again, and lets others run in between.
pub struct GiveWay<T> {
    capacity: usize,
    items: Mutex<(VecDeque<T>, bool)>,
}

impl<T: Send + 'static> BoundedQueue<T> for GiveWay<T> {
    fn new(capacity: usize) -> Self {
        GiveWay {
            capacity,
            items: Mutex::new((VecDeque::new(), false)),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        loop {
            {
                let (items, is_closed) = &mut *self.items.lock();
                if *is_closed {
                    return Err(item);
                }
                if items.len() < self.capacity {
                    items.push_back(item);
                    return Ok(());
                }
            }
            thread::yield_now();
        }
    }

    fn get(&self) -> Option<T> {
        loop {
            {
                let (items, is_closed) = &mut *self.items.lock();
                if !items.is_empty() || *is_closed {
                    return items.pop_front();
                }
            }
            thread::yield_now();
        }
    }

    fn close(&self) {
        self.items.lock().1 = true;
    }
}
