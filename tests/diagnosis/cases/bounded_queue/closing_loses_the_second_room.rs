//! close with two or more items in and a waiting put... : a put that waits notes its item in a
//! side list ("overflow") that close gives back; but get moves *one* overflow item in per get
//! even after close. With capacity 2 and a closed queue an item goes in after the close.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct State<T> { items: VecDeque<T>, overflow: VecDeque<(u64, T)>, next: u64, closed: bool }
struct Belt<T> { capacity: usize, state: Mutex<State<T>>, changed: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity, state: Mutex::new(State { items: VecDeque::new(), overflow: VecDeque::new(), next: 0, closed: false }), changed: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let mut s = self.state.lock();
        if s.closed { return Err(item); }
        if s.items.len() < self.capacity { s.items.push_back(item); self.changed.notify_all(); return Ok(()); }
        let mine = s.next;
        s.next += 1;
        s.overflow.push_back((mine, item));
        loop {
            let Some(at) = s.overflow.iter().position(|(n, _)| *n == mine) else { return Ok(()) };
            // Only when there is nothing to take any more does it take its item back.
            if s.closed && s.items.len() == self.capacity { return Err(s.overflow.remove(at).unwrap().1); }
            self.changed.wait(&mut s);
        }
    }
    fn get(&self) -> Option<T> {
        let mut s = self.state.lock();
        while s.items.is_empty() && !s.closed { self.changed.wait(&mut s); }
        let item = s.items.pop_front();
        if let Some((_, next)) = s.overflow.pop_front() { s.items.push_back(next); }
        self.changed.notify_all();
        item
    }
    fn close(&self) { self.state.lock().closed = true; self.changed.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
