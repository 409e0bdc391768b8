//! "As long as I hold the lock, nobody can close before me." Nor can anybody be served, until this
//! client has picked up its bottles.

slip! {
    LockHeldWhileDelivering,
    caught_by: a_slow_client_holds_up_nobody,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Keeps the lock until the client has its bottles.
struct LockHeldWhileDelivering {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for LockHeldWhileDelivering {
    fn new(bottles: u32, close: Close) -> Self {
        LockHeldWhileDelivering {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let mut left = self.left.lock();
        let bottles = wanted.unwrap_or(0).min(*left);
        if bottles == 0 {
            return client.refuse();
        }
        *left -= bottles;
        client.deliver(Delivery {
            bottles,
            left: *left,
        });
        if *left == 0 {
            (self.close)();
        }
    }
}
