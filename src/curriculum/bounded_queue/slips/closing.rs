//! The end is announced, but not to everybody, or not in time.

use crate::curriculum::bounded_queue::BoundedQueue;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::{Condvar, Mutex};
use std::collections::VecDeque;

#[derive(Debug)]
struct Belt<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

impl<T> Belt<T> {
    fn new() -> Self {
        Belt {
            items: VecDeque::new(),
            is_closed: false,
        }
    }
}

/// Wakes one of those who wait on either side.
#[derive(Debug)]
pub struct CloseWakesOne<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for CloseWakesOne<T> {
    fn new(capacity: usize) -> Self {
        CloseWakesOne {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_one();
        self.has_item.notify_one();
    }
}

/// Sets the flag, and tells nobody.
#[derive(Debug)]
pub struct CloseWakesNobody<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for CloseWakesNobody<T> {
    fn new(capacity: usize) -> Self {
        CloseWakesNobody {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
    }
}

/// Wakes only those who wait for an item.
#[derive(Debug)]
pub struct CloseForgetsPuts<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for CloseForgetsPuts<T> {
    fn new(capacity: usize) -> Self {
        CloseForgetsPuts {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_item.notify_all();
    }
}

/// Throws away what is in the queue.
#[derive(Debug)]
pub struct CloseDropsItems<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for CloseDropsItems<T> {
    fn new(capacity: usize) -> Self {
        CloseDropsItems {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        let mut belt = self.belt.lock();
        belt.is_closed = true;
        belt.items.clear();
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}

/// Puts into a closed queue.
#[derive(Debug)]
pub struct ClosedButPuts<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for ClosedButPuts<T> {
    fn new(capacity: usize) -> Self {
        ClosedButPuts {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity {
            self.has_room.wait(&mut belt);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        while belt.items.is_empty() && !belt.is_closed {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}

/// Asks whether the queue is closed when it is called, and not again.
#[derive(Debug)]
pub struct LooksBeforeItWaits<T> {
    capacity: usize,
    belt: Mutex<Belt<T>>,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for LooksBeforeItWaits<T> {
    fn new(capacity: usize) -> Self {
        LooksBeforeItWaits {
            capacity,
            belt: Mutex::new(Belt::new()),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut belt = self.belt.lock();
        while belt.items.len() == self.capacity && !belt.is_closed {
            self.has_room.wait(&mut belt);
        }
        if belt.is_closed {
            return Err(item);
        }
        belt.items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut belt = self.belt.lock();
        if belt.is_closed {
            return belt.items.pop_front();
        }
        while belt.items.is_empty() {
            self.has_item.wait(&mut belt);
        }
        let item = belt.items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        self.belt.lock().is_closed = true;
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}

/// Keeps beside the lock whether it is closed.
#[derive(Debug)]
pub struct FlagBesideTheLock<T> {
    capacity: usize,
    items: Mutex<VecDeque<T>>,
    is_closed: AtomicBool,
    has_room: Condvar,
    has_item: Condvar,
}

impl<T: Send + 'static> BoundedQueue<T> for FlagBesideTheLock<T> {
    fn new(capacity: usize) -> Self {
        FlagBesideTheLock {
            capacity,
            items: Mutex::new(VecDeque::new()),
            is_closed: AtomicBool::new(false),
            has_room: Condvar::new(),
            has_item: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        if self.is_closed.load(SeqCst) {
            return Err(item);
        }
        let mut items = self.items.lock();
        while items.len() == self.capacity {
            if self.is_closed.load(SeqCst) {
                return Err(item);
            }
            self.has_room.wait(&mut items);
        }
        items.push_back(item);
        self.has_item.notify_one();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut items = self.items.lock();
        while items.is_empty() && !self.is_closed.load(SeqCst) {
            self.has_item.wait(&mut items);
        }
        let item = items.pop_front();
        self.has_room.notify_one();
        item
    }

    fn close(&self) {
        let _items = self.items.lock();
        self.is_closed.store(true, SeqCst);
        self.has_room.notify_all();
        self.has_item.notify_all();
    }
}
