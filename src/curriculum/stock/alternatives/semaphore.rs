//! A semaphore made by hand lets one at a time at the stock.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = Semaphore;

/// What an order gets that finds so many bottles.
fn share_of(found: u32, wanted: u32) -> Option<Delivery> {
    let bottles = wanted.min(found);
    let left = found - bottles;
    (found > 0 && GOOD_ORDERS.contains(&wanted)).then_some(Delivery { bottles, left })
}

/// Serves a client; returns what it got.
fn serve(client: &mut dyn Client, take: impl FnOnce(u32) -> Option<Delivery>) -> Option<Delivery> {
    let delivery = client.order().and_then(take);
    match delivery {
        Some(delivery) => client.deliver(delivery),
        None => client.refuse(),
    }
    delivery
}

/// A semaphore, and numbers that it guards.
pub struct Semaphore {
    is_free: Mutex<bool>,
    was_freed: Condvar,
    left: AtomicU32,
    undelivered: AtomicU32,
    close: Close,
}

impl Semaphore {
    fn exclusively<T>(&self, critical: impl FnOnce() -> T) -> T {
        let mut is_free = self.is_free.lock();
        while !*is_free {
            self.was_freed.wait(&mut is_free);
        }
        *is_free = false;
        drop(is_free);
        let result = critical();
        *self.is_free.lock() = true;
        self.was_freed.notify_one();
        result
    }
}

impl Stock for Semaphore {
    fn new(bottles: u32, close: Close) -> Self {
        Semaphore {
            is_free: Mutex::new(true),
            was_freed: Condvar::new(),
            left: AtomicU32::new(bottles),
            undelivered: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        // Relaxed, here and below: the lock inside the semaphore orders its users.
        let take = |wanted| {
            self.exclusively(|| {
                let delivery = share_of(self.left.load(Relaxed), wanted)?;
                self.left.store(delivery.left, Relaxed);
                Some(delivery)
            })
        };
        let Some(delivery) = serve(client, take) else {
            return;
        };
        let undelivered = self.exclusively(|| {
            let undelivered = self.undelivered.load(Relaxed) - delivery.bottles;
            self.undelivered.store(undelivered, Relaxed);
            undelivered
        });
        if undelivered == 0 {
            (self.close)();
        }
    }
}
