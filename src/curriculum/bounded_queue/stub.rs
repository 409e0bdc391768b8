//! The bounded queue: a put waits for room, a get waits for an item.
//!
//! In this version those who wait give up the wait too easily. Change `Belt` so that it keeps the
//! contract of `kata::bounded_queue::BoundedQueue`; everything in `kata::sync` is yours: `Mutex`,
//! `Condvar`, `atomic`, `thread`, ...
//!
//!     cargo kata check bounded_queue    checks this file, and draws what goes wrong
//!     cargo kata brief bounded_queue    explains the problem
//!     cargo kata                        shows where you stand

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

struct Belt<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self {
        Belt {
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut state = self.state.lock();
        if state.items.len() == self.capacity {
            self.changed.wait(&mut state);
        }
        if state.is_closed {
            return Err(item);
        }
        state.items.push_back(item);
        self.changed.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut state = self.state.lock();
        if state.items.is_empty() {
            self.changed.wait(&mut state);
        }
        let item = state.items.pop_front();
        self.changed.notify_one();
        item
    }

    fn close(&self) {
        self.state.lock().is_closed = true;
        self.changed.notify_one();
    }
}

fn main() -> std::process::ExitCode {
    kata::bounded_queue::check::<Belt<Item>>()
}
