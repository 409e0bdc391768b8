//! "A bad order gets nothing." The client gets nothing, but the bottles have been taken all the
//! same.

slip! {
    TakesThenLooks,
    caught_by: a_bad_order_changes_nothing,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Takes what the order asks for, and then looks whether the order is good.
struct TakesThenLooks {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for TakesThenLooks {
    fn new(bottles: u32, close: Close) -> Self {
        TakesThenLooks {
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
        if bottles == 0 || !GOOD_ORDERS.contains(&wanted) {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
