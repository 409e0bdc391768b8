//! "A number is a number." An order of 0 is answered with a delivery of none, and one order can buy
//! it all.

slip! {
    AnyNumber,
    caught_by: a_bad_order_changes_nothing,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, Stock};
use kata::sync::Mutex;

/// Believes whatever number comes.
struct AnyNumber {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for AnyNumber {
    fn new(bottles: u32, close: Close) -> Self {
        AnyNumber {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(wanted) = client.order() else {
            return client.refuse();
        };
        let (found, left) = {
            let mut left = self.left.lock();
            let found = *left;
            *left -= wanted.min(found);
            (found, *left)
        };
        if found == 0 {
            return client.refuse();
        }
        client.deliver(Delivery {
            bottles: found - left,
            left,
        });
        if left == 0 {
            (self.close)();
        }
    }
}
