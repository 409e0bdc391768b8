//! "The last bottle is taken, so we close." Its client has not got it yet, and now never will.

slip! {
    ClosesBeforeTheAnswer,
    caught_by: closes_once_when_all_is_handed_over,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Closes as soon as the last bottle is taken.
struct ClosesBeforeTheAnswer {
    books: Books,
    close: Close,
}

impl Stock for ClosesBeforeTheAnswer {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesBeforeTheAnswer {
            books: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
            return client.refuse();
        };
        if delivery.left == 0 {
            (self.close)();
        }
        client.deliver(delivery);
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
