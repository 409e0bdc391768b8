//! "If one lane is busy, I take the other one: nobody waits." An item that was put later, into the
//! first lane, comes out earlier.

slip! {
    TwoLanes<Item>,
    caught_by: puts_keep_their_order,
    engine: RefusalForAnswer,
}

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;

/// Puts into the lane that is free.
struct TwoLanes<T> {
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
