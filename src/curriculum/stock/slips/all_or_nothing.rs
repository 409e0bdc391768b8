//! "There is not enough, so it is refused." It should get what is left. The last bottles stay where
//! they are, and the server is never closed.

slip! {
    AllOrNothing,
    caught_by: each_order_gets_what_is_left,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Refuses an order that it cannot fill.
struct AllOrNothing {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for AllOrNothing {
    fn new(bottles: u32, close: Close) -> Self {
        AllOrNothing {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let taken = wanted.and_then(|wanted| {
            let mut left = self.left.lock();
            *left = left.checked_sub(wanted)?;
            Some((wanted, *left))
        });
        let Some((bottles, left)) = taken else {
            return client.refuse();
        };
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
