//! "When nobody is being served any more, we can close." A client that says nothing is being served
//! for ever.

slip! {
    WaitsForTheSilent,
    caught_by: a_silent_client_holds_up_nobody,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Closes when nobody is being served any more, be they silent.
struct WaitsForTheSilent {
    books: Mutex<Shop>,
    close: Close,
}

struct Shop {
    left: u32,
    clients: u32,
    is_closed: bool,
}

impl Stock for WaitsForTheSilent {
    fn new(bottles: u32, close: Close) -> Self {
        let shop = Shop {
            left: bottles,
            clients: 0,
            is_closed: false,
        };
        WaitsForTheSilent {
            books: Mutex::new(shop),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        self.books.lock().clients += 1;
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let (bottles, left) = {
            let mut shop = self.books.lock();
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
