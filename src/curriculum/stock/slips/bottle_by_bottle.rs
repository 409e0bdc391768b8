//! "Taking a bottle is atomic, so taking two is." Two orders share what would have been enough for
//! one of them.

slip! {
    BottleByBottle,
    caught_by: no_bottle_is_sold_twice,
    engine: AtomicityViolation,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::channel::{self, Receiver, Sender};

/// Takes one bottle at a time: each take is atomic, the order is not.
struct BottleByBottle {
    shelf: Receiver<()>,
    /// Keeps the shelf open.
    _cellar: Sender<()>,
    close: Close,
}

impl Stock for BottleByBottle {
    fn new(bottles: u32, close: Close) -> Self {
        let (cellar, shelf) = channel::unbounded();
        for _ in 0..bottles {
            let _ = cellar.send(());
        }
        BottleByBottle {
            shelf,
            _cellar: cellar,
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let mut bottles = 0;
        while bottles < wanted.unwrap_or(0) && self.shelf.try_recv().is_ok() {
            bottles += 1;
        }
        if bottles == 0 {
            return client.refuse();
        }
        let left = self.shelf.len() as u32;
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
