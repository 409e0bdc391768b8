//! "What is left is only for the display." Read after the lock was given back, it is what another
//! order has left.

slip! {
    LeftReadLater,
    caught_by: no_bottle_is_sold_twice,
    engine: AtomicityViolation,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Takes with the lock held, and reads later what is left.
struct LeftReadLater {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for LeftReadLater {
    fn new(bottles: u32, close: Close) -> Self {
        LeftReadLater {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let bottles = {
            let mut left = self.left.lock();
            let bottles = wanted.unwrap_or(0).min(*left);
            *left -= bottles;
            bottles
        };
        if bottles == 0 {
            return client.refuse();
        }
        let left = *self.left.lock();
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
