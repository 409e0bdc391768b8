//! "If the lock is taken, I cannot wait." The client is sent away, although there is wine for it.

slip! {
    SendsAway,
    caught_by: no_bottle_is_sold_twice,
    engine: RefusalForAnswer,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Sends the client away when somebody else is at the stock.
struct SendsAway {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for SendsAway {
    fn new(bottles: u32, close: Close) -> Self {
        SendsAway {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let (Some(wanted), Some(mut left)) = (wanted, self.left.try_lock()) else {
            return client.refuse();
        };
        let bottles = wanted.min(*left);
        *left -= bottles;
        let delivery = Delivery {
            bottles,
            left: *left,
        };
        drop(left);
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}
