//! Who must wait leaves word who it is and parks; every change unparks them all.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};
use std::collections::VecDeque;

/// What is checked.
pub type Solution = Parked<Item>;

/// The items, and those who wait for something to change.
struct Hall<T> {
    items: VecDeque<T>,
    is_closed: bool,
    waiting: Vec<Thread>,
}

/// Threads that park until something changes.
pub struct Parked<T> {
    capacity: usize,
    hall: Mutex<Hall<T>>,
}

impl<T> Parked<T> {
    /// Does what can be done, or waits for a change and tries again.
    fn when_possible<R>(&self, mut attempt: impl FnMut(&mut Hall<T>) -> Option<R>) -> R {
        loop {
            let mut hall = self.hall.lock();
            if let Some(result) = attempt(&mut hall) {
                hall.waiting.drain(..).for_each(|thread| thread.unpark());
                return result;
            }
            hall.waiting.push(thread::current());
            drop(hall);
            thread::park();
        }
    }
}

impl<T: Send + 'static> BoundedQueue<T> for Parked<T> {
    fn new(capacity: usize) -> Self {
        Parked {
            capacity,
            hall: Mutex::new(Hall {
                items: VecDeque::new(),
                is_closed: false,
                waiting: Vec::new(),
            }),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut item = Some(item);
        self.when_possible(|hall| {
            if hall.is_closed {
                return item.take().map(Err);
            }
            let has_room = hall.items.len() < self.capacity;
            has_room.then(|| {
                hall.items.extend(item.take());
                Ok(())
            })
        })
    }

    fn get(&self) -> Option<T> {
        self.when_possible(|hall| match hall.items.pop_front() {
            None if !hall.is_closed => None,
            item => Some(item),
        })
    }

    fn close(&self) {
        self.when_possible(|hall| {
            hall.is_closed = true;
            Some(())
        });
    }
}
