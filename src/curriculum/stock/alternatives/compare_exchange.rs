//! Writes what is left only if nobody has taken any since, else looks again.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::{AcqRel, Relaxed};

/// What is checked.
pub type Solution = CompareExchange;

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

/// Two atomics.
pub struct CompareExchange {
    left: AtomicU32,
    undelivered: AtomicU32,
    close: Close,
}

impl Stock for CompareExchange {
    fn new(bottles: u32, close: Close) -> Self {
        CompareExchange {
            left: AtomicU32::new(bottles),
            undelivered: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = serve(client, |wanted| self.take(wanted)) else {
            return;
        };
        // Each one's Release pairs with the Acquire of the last, so that all deliveries come
        // before the close.
        let undelivered = self.undelivered.fetch_sub(delivery.bottles, AcqRel);
        if undelivered == delivery.bottles {
            (self.close)();
        }
    }
}

impl CompareExchange {
    fn take(&self, wanted: u32) -> Option<Delivery> {
        // Relaxed throughout: what is left publishes no other data.
        let mut found = self.left.load(Relaxed);
        loop {
            let delivery = share_of(found, wanted)?;
            let exchange = self
                .left
                .compare_exchange_weak(found, delivery.left, Relaxed, Relaxed);
            match exchange {
                Ok(_) => return Some(delivery),
                Err(now) => found = now,
            }
        }
    }
}
