//! Looks with the lock held, and gives way as long as there is nothing to do.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::VecDeque;

/// What is checked.
pub type Solution = GiveWay<Item>;

/// What is in, and whether more may come.
struct Contents<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

/// Looks again and again, and lets others run in between. Who finds nothing to do has written
/// nothing: to an exploration that is a look, and the loop waits for a change.
pub struct GiveWay<T> {
    capacity: usize,
    contents: Mutex<Contents<T>>,
}

impl<T: Send + 'static> BoundedQueue<T> for GiveWay<T> {
    fn new(capacity: usize) -> Self {
        GiveWay {
            capacity,
            contents: Mutex::new(Contents {
                items: VecDeque::new(),
                is_closed: false,
            }),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        loop {
            {
                let mut contents = self.contents.lock();
                if contents.is_closed {
                    return Err(item);
                }
                if contents.items.len() < self.capacity {
                    contents.items.push_back(item);
                    return Ok(());
                }
            }
            thread::yield_now();
        }
    }

    fn get(&self) -> Option<T> {
        loop {
            {
                let mut contents = self.contents.lock();
                if !contents.items.is_empty() || contents.is_closed {
                    return contents.items.pop_front();
                }
            }
            thread::yield_now();
        }
    }

    fn close(&self) {
        self.contents.lock().is_closed = true;
    }
}
