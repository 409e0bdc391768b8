//! pocoproject/poco#5213: each waiter puts a WaitInfo with an event of its own into a list;
//! wakeUpAll() signals those that are in the list; the stop flag is asked before registering.

use kata::bounded_queue::{BoundedQueue, Item};
use kata::sync::Mutex;
use kata::sync::atomic::{AtomicBool, Ordering::SeqCst};
use kata::sync::channel::{self, Sender};
use std::collections::VecDeque;

struct Inner<T> {
    items: VecDeque<T>,
    getters: VecDeque<Sender<()>>,
    putters: VecDeque<Sender<()>>,
}

struct Belt<T> {
    capacity: usize,
    inner: Mutex<Inner<T>>,
    stopped: AtomicBool,
}

impl<T: Send + 'static> BoundedQueue<T> for Belt<T> {
    fn new(capacity: usize) -> Self {
        let inner = Inner { items: VecDeque::new(), getters: VecDeque::new(), putters: VecDeque::new() };
        Belt { capacity, inner: Mutex::new(inner), stopped: AtomicBool::new(false) }
    }

    fn put(&self, item: T) -> Result<(), T> {
        loop {
            if self.stopped.load(SeqCst) {
                return Err(item);
            }
            let mut inner = self.inner.lock();
            if inner.items.len() < self.capacity {
                inner.items.push_back(item);
                if let Some(event) = inner.getters.pop_front() {
                    let _ = event.send(());
                }
                return Ok(());
            }
            let (event, available) = channel::bounded(1);
            inner.putters.push_back(event);
            drop(inner);
            let _ = available.recv();
        }
    }

    fn get(&self) -> Option<T> {
        loop {
            let stopped = self.stopped.load(SeqCst);
            let mut inner = self.inner.lock();
            if let Some(item) = inner.items.pop_front() {
                if let Some(event) = inner.putters.pop_front() {
                    let _ = event.send(());
                }
                return Some(item);
            }
            if stopped {
                return None;
            }
            let (event, available) = channel::bounded(1);
            inner.getters.push_back(event);
            drop(inner);
            let _ = available.recv();
        }
    }

    fn close(&self) {
        self.stopped.store(true, SeqCst);
        let mut inner = self.inner.lock();
        let Inner { getters, putters, .. } = &mut *inner;
        for event in getters.drain(..).chain(putters.drain(..)) {
            let _ = event.send(());
        }
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::bounded_queue::checks::<Belt<Item>>()
}
