//! A flag is the lock; who finds it set gives way and tries again.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::atomic::{AtomicBool, AtomicU32};
use kata::sync::hint;

/// What is checked.
pub type Solution = SpinLock;

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

/// A lock made of a flag, and numbers that it guards.
pub struct SpinLock {
    is_locked: AtomicBool,
    left: AtomicU32,
    undelivered: AtomicU32,
    close: Close,
}

impl SpinLock {
    fn locked<T>(&self, critical: impl FnOnce() -> T) -> T {
        // Acquire pairs with the Release below: whoever takes the lock sees what its holders wrote.
        while self.is_locked.swap(true, Acquire) {
            hint::spin_loop();
        }
        let result = critical();
        // Release pairs with the Acquire above.
        self.is_locked.store(false, Release);
        result
    }
}

impl Stock for SpinLock {
    fn new(bottles: u32, close: Close) -> Self {
        SpinLock {
            is_locked: AtomicBool::new(false),
            left: AtomicU32::new(bottles),
            undelivered: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        // Relaxed, here and below: the lock orders the critical sections.
        let take = |wanted| {
            self.locked(|| {
                let delivery = share_of(self.left.load(Relaxed), wanted)?;
                self.left.store(delivery.left, Relaxed);
                Some(delivery)
            })
        };
        let Some(delivery) = serve(client, take) else {
            return;
        };
        let was_the_last = self.locked(|| {
            let undelivered = self.undelivered.load(Relaxed) - delivery.bottles;
            self.undelivered.store(undelivered, Relaxed);
            undelivered == 0
        });
        if was_the_last {
            (self.close)();
        }
    }
}
