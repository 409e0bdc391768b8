//! Other right solutions of `bounded_queue`: the contract asks for no style.

use super::{BoundedQueue, Item, checks};
use crate::curriculum::{EVERY_BACK_END, Solution};
use crate::explore::BackEnd;
use crate::sync::thread::{self, Thread};
use crate::sync::{Condvar, Mutex};
use std::collections::VecDeque;

/// All of them.
pub const ALL: &[Solution] = &[
    Solution {
        name: "one_condvar_for_both",
        how: "A ring, and one condvar; after every change all are woken, and look again.",
        checks: checks::<OneCondvar<Item>>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "permits",
        how: "A semaphore, made by hand, counts the room and another one the items.",
        checks: checks::<Permits<Item>>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "parked_on_both_sides",
        how: "Who must wait leaves word who it is and parks; every change unparks them all.",
        checks: checks::<Parked<Item>>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "try_and_give_way",
        how: "Looks with the lock held, and gives way as long as there is nothing to do.",
        checks: checks::<GiveWay<Item>>,
        // Each look is a step: for loom there are too many executions to try them all.
        back_ends: &[BackEnd::Generated, BackEnd::Exhaustive],
    },
];

/// A ring of slots, and one condvar for all.
#[derive(Debug)]
pub struct OneCondvar<T> {
    ring: Mutex<Ring<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Ring<T> {
    slots: Vec<Option<T>>,
    first: usize,
    length: usize,
    is_closed: bool,
}

impl<T: Send + 'static> BoundedQueue<T> for OneCondvar<T> {
    fn new(capacity: usize) -> Self {
        OneCondvar {
            ring: Mutex::new(Ring {
                slots: (0..capacity).map(|_| None).collect(),
                first: 0,
                length: 0,
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut ring = self.ring.lock();
        let capacity = ring.slots.len();
        while ring.length == capacity && !ring.is_closed {
            self.changed.wait(&mut ring);
        }
        if ring.is_closed {
            return Err(item);
        }
        let end = (ring.first + ring.length) % capacity;
        ring.slots[end] = Some(item);
        ring.length += 1;
        self.changed.notify_all();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        let mut ring = self.ring.lock();
        while ring.length == 0 && !ring.is_closed {
            self.changed.wait(&mut ring);
        }
        let first = ring.first;
        let item = ring.slots[first].take()?;
        ring.first = (first + 1) % ring.slots.len();
        ring.length -= 1;
        self.changed.notify_all();
        Some(item)
    }

    fn close(&self) {
        let mut ring = self.ring.lock();
        ring.is_closed = true;
        self.changed.notify_all();
    }
}

/// A number of permits to wait for, until it is closed.
#[derive(Debug)]
struct Semaphore {
    permits: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Semaphore {
    fn new(permits: usize) -> Self {
        Semaphore {
            permits: Mutex::new((permits, false)),
            changed: Condvar::new(),
        }
    }

    /// False if there is no permit, and will be none.
    fn wait(&self) -> bool {
        let mut permits = self.permits.lock();
        while *permits == (0, false) {
            self.changed.wait(&mut permits);
        }
        let has_permit = permits.0 > 0;
        permits.0 -= usize::from(has_permit);
        has_permit
    }

    fn post(&self) {
        self.permits.lock().0 += 1;
        self.changed.notify_one();
    }

    fn close(&self) {
        self.permits.lock().1 = true;
        self.changed.notify_all();
    }
}

/// Permits to put, permits to get, and the items.
#[derive(Debug)]
pub struct Permits<T> {
    room: Semaphore,
    filled: Semaphore,
    /// `None` once it is closed is what may not be put; what is in stays.
    items: Mutex<(VecDeque<T>, bool)>,
}

impl<T: Send + 'static> BoundedQueue<T> for Permits<T> {
    fn new(capacity: usize) -> Self {
        Permits {
            room: Semaphore::new(capacity),
            filled: Semaphore::new(0),
            items: Mutex::new((VecDeque::new(), false)),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        if !self.room.wait() {
            return Err(item);
        }
        let mut items = self.items.lock();
        if items.1 {
            return Err(item);
        }
        items.0.push_back(item);
        // With the lock held, or the queue might be closed before it is known that this is in.
        self.filled.post();
        Ok(())
    }

    fn get(&self) -> Option<T> {
        if !self.filled.wait() {
            return None;
        }
        let item = self.items.lock().0.pop_front();
        self.room.post();
        item
    }

    fn close(&self) {
        let mut items = self.items.lock();
        items.1 = true;
        self.filled.close();
        self.room.close();
    }
}

/// The items, and those who wait for something to change.
struct Hall<T> {
    items: VecDeque<T>,
    is_closed: bool,
    waiting: Vec<Thread>,
}

/// Threads that park until something changes.
pub struct Parked<T> {
    capacity: usize,
    hall: Mutex<Hall<T>>,
}

impl<T> Parked<T> {
    /// Does what can be done, or waits for a change and tries again.
    fn when_possible<R>(&self, mut attempt: impl FnMut(&mut Hall<T>) -> Option<R>) -> R {
        loop {
            let mut hall = self.hall.lock();
            if let Some(result) = attempt(&mut hall) {
                hall.waiting.drain(..).for_each(|thread| thread.unpark());
                return result;
            }
            hall.waiting.push(thread::current());
            drop(hall);
            thread::park();
        }
    }
}

impl<T: Send + 'static> BoundedQueue<T> for Parked<T> {
    fn new(capacity: usize) -> Self {
        Parked {
            capacity,
            hall: Mutex::new(Hall {
                items: VecDeque::new(),
                is_closed: false,
                waiting: Vec::new(),
            }),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        let mut item = Some(item);
        self.when_possible(|hall| {
            if hall.is_closed {
                return item.take().map(Err);
            }
            let has_room = hall.items.len() < self.capacity;
            has_room.then(|| {
                hall.items.extend(item.take());
                Ok(())
            })
        })
    }

    fn get(&self) -> Option<T> {
        self.when_possible(|hall| match hall.items.pop_front() {
            None if !hall.is_closed => None,
            item => Some(item),
        })
    }

    fn close(&self) {
        self.when_possible(|hall| {
            hall.is_closed = true;
            Some(())
        });
    }
}

/// What is in, and whether more may come.
#[derive(Debug)]
struct Contents<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

/// Looks again and again, and lets others run in between. Who finds nothing to do has written
/// nothing: to an exploration that is a look, and the loop waits for a change.
#[derive(Debug)]
pub struct GiveWay<T> {
    capacity: usize,
    contents: Mutex<Contents<T>>,
}

impl<T: Send + 'static> BoundedQueue<T> for GiveWay<T> {
    fn new(capacity: usize) -> Self {
        GiveWay {
            capacity,
            contents: Mutex::new(Contents {
                items: VecDeque::new(),
                is_closed: false,
            }),
        }
    }

    fn put(&self, item: T) -> Result<(), T> {
        loop {
            {
                let mut contents = self.contents.lock();
                if contents.is_closed {
                    return Err(item);
                }
                if contents.items.len() < self.capacity {
                    contents.items.push_back(item);
                    return Ok(());
                }
            }
            thread::yield_now();
        }
    }

    fn get(&self) -> Option<T> {
        loop {
            {
                let mut contents = self.contents.lock();
                if !contents.items.is_empty() || contents.is_closed {
                    return contents.items.pop_front();
                }
            }
            thread::yield_now();
        }
    }

    fn close(&self) {
        self.contents.lock().is_closed = true;
    }
}
