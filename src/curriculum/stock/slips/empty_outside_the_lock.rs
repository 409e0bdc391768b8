//! "Only the taking needs to be exclusive." Two find that the shop is not empty, one takes the last
//! bottle, and the other is delivered none.

slip! {
    EmptyOutsideTheLock,
    caught_by: no_bottle_is_sold_twice,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Looks without the lock whether the shop is empty, and does not look again.
struct EmptyOutsideTheLock {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for EmptyOutsideTheLock {
    fn new(bottles: u32, close: Close) -> Self {
        EmptyOutsideTheLock {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let is_empty = *self.left.lock() == 0;
        let (Some(wanted), false) = (wanted, is_empty) else {
            return client.refuse();
        };
        let mut left = self.left.lock();
        let bottles = wanted.min(*left);
        *left -= bottles;
        let delivery = Delivery {
            bottles,
            left: *left,
        };
        drop(left);
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}
