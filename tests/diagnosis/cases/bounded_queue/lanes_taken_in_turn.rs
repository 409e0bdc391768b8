//! The same with round robin over lanes: with equal numbers it often looks like FIFO.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::thread::{self, ThreadId};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
struct State<T> { lanes: VecDeque<(ThreadId, VecDeque<T>)>, length: usize, closed: bool }
struct Belt<T> { capacity: usize, state: Mutex<State<T>>, room: Condvar, item: Condvar }
impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self { Belt { capacity, state: Mutex::new(State { lanes: VecDeque::new(), length: 0, closed: false }), room: Condvar::new(), item: Condvar::new() } }
    fn put(&self, item: T) -> Result<(), T> {
        let me = thread::current().id();
        let mut s = self.state.lock();
        while s.length == self.capacity && !s.closed { self.room.wait(&mut s); }
        if s.closed { return Err(item); }
        s.length += 1;
        match s.lanes.iter_mut().find(|(t, _)| *t == me) {
            Some((_, lane)) => lane.push_back(item),
            None => s.lanes.push_back((me, VecDeque::from([item]))),
        }
        self.item.notify_one();
        Ok(())
    }
    fn get(&self) -> Option<T> {
        let mut s = self.state.lock();
        while s.length == 0 && !s.closed { self.item.wait(&mut s); }
        if s.length == 0 { return None; }
        loop {
            let (who, mut lane) = s.lanes.pop_front().unwrap();
            let item = lane.pop_front();
            if !lane.is_empty() { s.lanes.push_back((who, lane)); }
            if let Some(item) = item { s.length -= 1; self.room.notify_one(); return Some(item); }
        }
    }
    fn close(&self) { self.state.lock().closed = true; self.room.notify_all(); self.item.notify_all(); }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
