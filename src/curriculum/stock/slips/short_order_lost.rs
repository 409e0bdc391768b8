//! "If there is enough, deliver." And if not? There is no `else`, and the client waits for an
//! answer.

slip! {
    ShortOrderLost,
    caught_by: each_order_gets_what_is_left,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Has no answer for an order that it cannot fill.
struct ShortOrderLost {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for ShortOrderLost {
    fn new(bottles: u32, close: Close) -> Self {
        ShortOrderLost {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let mut left = self.left.lock();
        if *left >= wanted {
            *left -= wanted;
            let left = *left;
            client.deliver(Delivery {
                bottles: wanted,
                left,
            });
            if left == 0 {
                (self.close)();
            }
        }
    }
}
