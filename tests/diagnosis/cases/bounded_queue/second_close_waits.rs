//! A second close waits until the queue is empty ("to make sure").

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct State<T> { items: VecDeque<T>, closed: bool }
struct Belt<T> { capacity: usize, state: Mutex<State<T>>, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity, state: Mutex::new(State { items: VecDeque::new(), closed: false }), room: Condvar::new(), item: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let mut s = self.state.lock();
        while s.items.len() == self.capacity && !s.closed { self.room.wait(&mut s); }
        if s.closed { return Err(item); }
        s.items.push_back(item);
        self.item.notify_one();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut s = self.state.lock();
        while s.items.is_empty() && !s.closed { self.item.wait(&mut s); }
        let item = s.items.pop_front();
        self.room.notify_all();
        item
    }
    fn close(&self) {
        let mut s = self.state.lock();
        if s.closed { while !s.items.is_empty() { self.room.wait(&mut s); } return; }
        s.closed = true;
        self.room.notify_all();
        self.item.notify_all();
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
