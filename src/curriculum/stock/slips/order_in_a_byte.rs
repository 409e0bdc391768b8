//! "99 fits into a byte." So does what is left of 257 when it is cut to a byte: it has become an
//! order of 1.

slip! {
    OrderInAByte,
    caught_by: a_bad_order_changes_nothing,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Keeps of the order what a byte can hold.
struct OrderInAByte {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for OrderInAByte {
    fn new(bottles: u32, close: Close) -> Self {
        OrderInAByte {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let order = client.order().map(|wanted| wanted as u8);
        let Some(delivery) = take(&self.left, order.map(u32::from)) else {
            return client.refuse();
        };
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}

/// What is left.
type Books = Mutex<u32>;

/// What the order gets, in one critical section.
fn take(books: &Books, order: Option<u32>) -> Option<Delivery> {
    let wanted = order.filter(|wanted| GOOD_ORDERS.contains(wanted))?;
    let mut left = books.lock();
    let bottles = wanted.min(*left);
    *left -= bottles;
    let left = *left;
    (bottles > 0).then_some(Delivery { bottles, left })
}
