//! The capacity is kept in a u8: 256 becomes 0 (nothing ever goes in), 300 becomes 44.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct State<T> { items: VecDeque<T>, closed: bool }
struct Belt<T> { capacity: u8, state: Mutex<State<T>>, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity: capacity as u8, state: Mutex::new(State { items: VecDeque::new(), closed: false }), room: Condvar::new(), item: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let mut s = self.state.lock();
        while s.items.len() == self.capacity as usize && !s.closed { self.room.wait(&mut s); }
        if s.closed { return Err(item); }
        s.items.push_back(item);
        self.item.notify_one();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut s = self.state.lock();
        while s.items.is_empty() && !s.closed { self.item.wait(&mut s); }
        let item = s.items.pop_front();
        self.room.notify_one();
        item
    }
    fn close(&self) { self.state.lock().closed = true; self.room.notify_all(); self.item.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
