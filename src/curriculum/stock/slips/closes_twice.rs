//! "When all is handed over, close." Adding and looking are two critical sections, and two find
//! that all is handed over.

slip! {
    ClosesTwice,
    caught_by: closes_once_when_all_is_handed_over,
    engine: AtomicityViolation,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// Whoever finds that all is handed over closes.
struct ClosesTwice {
    bottles: u32,
    books: Books,
    handed_over: Mutex<u32>,
    close: Close,
}

impl Stock for ClosesTwice {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesTwice {
            bottles,
            books: Mutex::new(bottles),
            handed_over: Mutex::new(0),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
            return client.refuse();
        };
        client.deliver(delivery);
        *self.handed_over.lock() += delivery.bottles;
        if *self.handed_over.lock() == self.bottles {
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
