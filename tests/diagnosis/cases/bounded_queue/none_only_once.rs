//! After close, the first get on an empty queue says None; the next one waits for ever (the
//! closing note is taken out).

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct Belt<T> { capacity: usize, items: Mutex<(VecDeque<Option<T>>, bool)>, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity, items: Mutex::new((VecDeque::new(), false)), room: Condvar::new(), item: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let mut s = self.items.lock();
        while s.0.len() == self.capacity && !s.1 { self.room.wait(&mut s); }
        if s.1 { return Err(item); }
        s.0.push_back(Some(item));
        self.item.notify_one();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut s = self.items.lock();
        while s.0.is_empty() { self.item.wait(&mut s); }
        let item = s.0.pop_front().unwrap();
        self.room.notify_one();
        item
    }
    fn close(&self) { let mut s = self.items.lock(); if !s.1 { s.1 = true; s.0.push_back(None); s.0.push_back(None); s.0.push_back(None); } self.room.notify_all(); self.item.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
