//! "`fetch_sub` is atomic, so taking is safe." How much it takes was decided by an earlier load,
//! and that may be there no longer.

slip! {
    LoadThenSubtract,
    caught_by: no_bottle_is_sold_twice,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::SeqCst;

/// Loads, then subtracts what may be there no longer.
struct LoadThenSubtract {
    left: AtomicU32,
    close: Close,
}

impl Stock for LoadThenSubtract {
    fn new(bottles: u32, close: Close) -> Self {
        LoadThenSubtract {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let left = self.left.load(SeqCst);
        let (Some(wanted), 1..) = (wanted, left) else {
            return client.refuse();
        };
        let bottles = wanted.min(left);
        let left = self.left.fetch_sub(bottles, SeqCst).wrapping_sub(bottles);
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
