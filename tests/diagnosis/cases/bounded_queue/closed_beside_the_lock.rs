//! closed is an atomic beside the lock, set without it: the notification may come between look
//! and wait; and a put may go in after.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::atomic::{AtomicBool, Ordering::SeqCst};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct Belt<T> { capacity: usize, items: Mutex<VecDeque<T>>, closed: AtomicBool, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity, items: Mutex::default(), closed: AtomicBool::new(false), room: Condvar::new(), item: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let mut items = self.items.lock();
        while items.len() == self.capacity && !self.closed.load(SeqCst) { self.room.wait(&mut items); }
        if self.closed.load(SeqCst) { return Err(item); }
        items.push_back(item);
        self.item.notify_one();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut items = self.items.lock();
        while items.is_empty() && !self.closed.load(SeqCst) { self.item.wait(&mut items); }
        let item = items.pop_front();
        self.room.notify_one();
        item
    }
    fn close(&self) { self.closed.store(true, SeqCst); self.room.notify_all(); self.item.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
