//! The wine shop's stock: clients order at the same time, and no bottle may be sold twice.
//!
//! This version sells some twice. Change `Cellar` so that it keeps the contract of
//! `kata::stock::Stock`; everything in `kata::sync` is yours: `Mutex`, `Condvar`, `atomic`, ...
//!
//!     cargo kata check stock    checks this file, and draws what goes wrong
//!     cargo kata brief stock    explains the problem
//!     cargo kata                shows where you stand

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::atomic::{AtomicU32, Ordering};

struct Cellar {
    left: AtomicU32,
    close: Close,
}

impl Stock for Cellar {
    fn new(bottles: u32, close: Close) -> Self {
        Cellar {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().unwrap_or(0);
        let found = self.left.load(Ordering::SeqCst);
        if found == 0 || !GOOD_ORDERS.contains(&wanted) {
            return client.refuse();
        }
        let bottles = wanted.min(found);
        let left = found - bottles;
        self.left.store(left, Ordering::SeqCst);
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

fn main() -> std::process::ExitCode {
    kata::stock::check::<Cellar>()
}
