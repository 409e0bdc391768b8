//! "I take with the lock held." But what is left was read under another lock, which was given back
//! in the line that took it.

slip! {
    CheckOutsideTheLock,
    caught_by: no_bottle_is_sold_twice,
    engine: CheckThenAct,
    loom: CheckThenAct,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Looks without the lock whether there is enough, and takes with it.
struct CheckOutsideTheLock {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for CheckOutsideTheLock {
    fn new(bottles: u32, close: Close) -> Self {
        CheckOutsideTheLock {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let available = *self.left.lock();
        let (Some(wanted), 1..) = (wanted, available) else {
            return client.refuse();
        };
        let bottles = wanted.min(available);
        let mut left = self.left.lock();
        *left -= bottles;
        let left = *left;
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
