//! "One `fetch_sub`, and no lock." It takes what is not there: the last order gets more than was
//! left, and the stock is below zero.

slip! {
    BelowZero,
    caught_by: each_order_gets_what_is_left,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::AtomicI64;
use kata::sync::atomic::Ordering::SeqCst;

/// Sells as long as there was something, and lets the stock fall below zero.
struct BelowZero {
    left: AtomicI64,
    close: Close,
}

impl Stock for BelowZero {
    fn new(bottles: u32, close: Close) -> Self {
        BelowZero {
            left: AtomicI64::new(bottles.into()),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let found = self.left.fetch_sub(wanted.into(), SeqCst);
        if found <= 0 {
            return client.refuse();
        }
        let left = found - i64::from(wanted);
        client.deliver(Delivery {
            bottles: wanted,
            left: left.max(0) as u32,
        });
        if left <= 0 {
            (self.close)();
        }
    }
}
