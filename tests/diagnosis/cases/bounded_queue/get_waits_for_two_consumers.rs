//! With two or more waiting consumers a batch is collected: an item is handed out only once as
//! many items are in as consumers wait ("fairness") or the queue is full or closed. Capacity 3,
//! two consumers, one item: nobody gets it.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct State<T> { items: VecDeque<T>, getters: usize, closed: bool }
struct Belt<T> { capacity: usize, state: Mutex<State<T>>, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity, state: Mutex::new(State { items: VecDeque::new(), getters: 0, closed: false }), room: Condvar::new(), item: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let mut s = self.state.lock();
        while s.items.len() == self.capacity && !s.closed { self.room.wait(&mut s); }
        if s.closed { return Err(item); }
        s.items.push_back(item);
        self.item.notify_all();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut s = self.state.lock();
        s.getters += 1;
        while (s.items.is_empty() || s.items.len() < s.getters && s.items.len() < self.capacity) && !s.closed { self.item.wait(&mut s); }
        s.getters -= 1;
        let item = s.items.pop_front();
        self.item.notify_all();
        self.room.notify_one();
        item
    }
    fn close(&self) { self.state.lock().closed = true; self.room.notify_all(); self.item.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
