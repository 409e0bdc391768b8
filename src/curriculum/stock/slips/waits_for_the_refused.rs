//! "When all who have ordered have their answer, we can close." Some of the answers are refusals,
//! and such a client can take its time as well.

slip! {
    WaitsForTheRefused,
    caught_by: a_refused_client_holds_up_nobody,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

struct Shop {
    left: u32,
    clients: u32,
    is_closed: bool,
}

/// Closes when nobody who has ordered is waiting for an answer, be it a refusal.
struct WaitsForTheRefused {
    books: Mutex<Shop>,
    close: Close,
}

impl Stock for WaitsForTheRefused {
    fn new(bottles: u32, close: Close) -> Self {
        let shop = Shop {
            left: bottles,
            clients: 0,
            is_closed: false,
        };
        WaitsForTheRefused {
            books: Mutex::new(shop),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let (bottles, left) = {
            let mut shop = self.books.lock();
            shop.clients += 1;
            let bottles = wanted.unwrap_or(0).min(shop.left);
            shop.left -= bottles;
            (bottles, shop.left)
        };
        match bottles {
            0 => client.refuse(),
            _ => client.deliver(Delivery { bottles, left }),
        }
        let mut shop = self.books.lock();
        shop.clients -= 1;
        if shop.clients == 0 && shop.left == 0 && !shop.is_closed {
            shop.is_closed = true;
            (self.close)();
        }
    }
}
