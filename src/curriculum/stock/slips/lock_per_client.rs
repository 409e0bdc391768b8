//! "Every thread takes a lock." A lock of its own, made in the call: no two threads ever meet at
//! it.

slip! {
    LockPerClient,
    caught_by: no_bottle_is_sold_twice,
    engine: NotExclusive,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::SeqCst;

/// Makes its lock where it takes it.
struct LockPerClient {
    left: AtomicU32,
    close: Close,
}

impl Stock for LockPerClient {
    fn new(bottles: u32, close: Close) -> Self {
        LockPerClient {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let lock = Mutex::new(());
        let held = lock.lock();
        let available = self.left.load(SeqCst);
        let (Some(wanted), 1..) = (wanted, available) else {
            return client.refuse();
        };
        let bottles = wanted.min(available);
        let left = available - bottles;
        self.left.store(left, SeqCst);
        drop(held);
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
