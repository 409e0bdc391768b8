//! "If the order was bad, I put the bottles back." A good one comes in between, and finds too few.

slip! {
    PutsBack,
    caught_by: no_bottle_is_sold_twice,
    engine: DirtyRead,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Takes for a bad order, too, and puts that back when it sees that it is one.
struct PutsBack {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for PutsBack {
    fn new(bottles: u32, close: Close) -> Self {
        PutsBack {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().unwrap_or(0);
        let (bottles, left) = {
            let mut left = self.left.lock();
            let bottles = wanted.min(*left);
            *left -= bottles;
            (bottles, *left)
        };
        if bottles > 0 && !GOOD_ORDERS.contains(&wanted) {
            *self.left.lock() += bottles;
            return client.refuse();
        }
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
