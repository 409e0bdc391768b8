//! "One lock for looking, one for taking: nobody waits longer than needed." While one takes,
//! another looks.

slip! {
    TwoLocks,
    caught_by: no_bottle_is_sold_twice,
    engine: LostUpdate,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::SeqCst;

/// One lock to look, and one to take.
struct TwoLocks {
    looking: Mutex<()>,
    taking: Mutex<()>,
    left: AtomicU32,
    close: Close,
}

impl Stock for TwoLocks {
    fn new(bottles: u32, close: Close) -> Self {
        TwoLocks {
            looking: Mutex::new(()),
            taking: Mutex::new(()),
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let available = {
            let _looking = self.looking.lock();
            self.left.load(SeqCst)
        };
        let (Some(wanted), 1..) = (wanted, available) else {
            return client.refuse();
        };
        let bottles = wanted.min(available);
        let left = available - bottles;
        {
            let _taking = self.taking.lock();
            self.left.store(left, SeqCst);
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
