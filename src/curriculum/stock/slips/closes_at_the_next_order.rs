//! "Nothing left for this client, so we close." If none comes any more, nobody does; if several
//! come, each of them does.

slip! {
    ClosesAtTheNextOrder,
    caught_by: each_order_gets_what_is_left,
    engine: OneThread,
    loom: OneThread,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Notices that there is nothing left when the next client comes.
struct ClosesAtTheNextOrder {
    books: Books,
    close: Close,
}

impl Stock for ClosesAtTheNextOrder {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesAtTheNextOrder {
            books: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let order = client.order();
        if let Some(delivery) = take(&self.books, order) {
            return client.deliver(delivery);
        }
        client.refuse();
        if *self.books.lock() == 0 {
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
