//! "I take all, and put the rest back." In between the shop looks empty, and an order is refused
//! that should be delivered.

slip! {
    GivesBack,
    caught_by: no_bottle_is_sold_twice,
    engine: DirtyRead,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::SeqCst;

/// Takes what it will not deliver, and gives it back a moment later.
struct GivesBack {
    left: AtomicU32,
    close: Close,
}

impl Stock for GivesBack {
    fn new(bottles: u32, close: Close) -> Self {
        GivesBack {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let found = self.left.swap(0, SeqCst);
        if found == 0 {
            return client.refuse();
        }
        let bottles = wanted.min(found);
        let left = found - bottles;
        if left > 0 {
            self.left.store(left, SeqCst);
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
