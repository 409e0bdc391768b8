//! "Who takes the last bottle closes, once it is handed over." The one before is still on its way
//! to its client.

slip! {
    ClosesAfterItsOwn,
    caught_by: closes_once_when_all_is_handed_over,
    engine: AnnouncedTooEarly,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Closes when the client that took the last bottle has it; another may still be waiting.
struct ClosesAfterItsOwn {
    books: Books,
    close: Close,
}

impl Stock for ClosesAfterItsOwn {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesAfterItsOwn {
            books: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
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
