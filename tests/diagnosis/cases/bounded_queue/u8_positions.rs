//! Ring positions in u8 that wrap at 256; capacity is no divisor of 256 (3, 5, ...): after 256
//! items the order breaks.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
struct Ring<T> { slots: Vec<Option<T>>, head: u8, tail: u8, length: usize, closed: bool }
struct Belt<T> { ring: Mutex<Ring<T>>, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self {
        let slots = (0..capacity).map(|_| None).collect();
        Belt { ring: Mutex::new(Ring { slots, head: 0, tail: 0, length: 0, closed: false }), room: Condvar::new(), item: Condvar::new() }
    }
    fn put(&self, item: T) -> Result<(), T> {
        let mut r = self.ring.lock();
        let n = r.slots.len();
        while r.length == n && !r.closed { self.room.wait(&mut r); }
        if r.closed { return Err(item); }
        let at = r.tail as usize % n;
        r.slots[at] = Some(item);
        r.tail = r.tail.wrapping_add(1);
        r.length += 1;
        self.item.notify_one();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut r = self.ring.lock();
        while r.length == 0 && !r.closed { self.item.wait(&mut r); }
        if r.length == 0 { return None; }
        let at = r.head as usize % r.slots.len();
        r.head = r.head.wrapping_add(1);
        r.length -= 1;
        self.room.notify_one();
        r.slots[at].take()
    }
    fn close(&self) { self.ring.lock().closed = true; self.room.notify_all(); self.item.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
