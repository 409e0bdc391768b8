//! "Whoever sees that nothing is left closes, and a flag makes it once." A client that is refused
//! sees it while another has not got its bottles yet.

slip! {
    RefusedCloses,
    caught_by: closes_once_when_all_is_handed_over,
    engine: AnnouncedTooEarly,
    loom: no_pattern,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;

/// Whoever finds that nothing is left closes, unless somebody has: even who is refused.
struct RefusedCloses {
    books: Books,
    is_closed: AtomicBool,
    close: Close,
}

impl Stock for RefusedCloses {
    fn new(bottles: u32, close: Close) -> Self {
        RefusedCloses {
            books: Mutex::new(bottles),
            is_closed: AtomicBool::new(false),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        match take(&self.books, client.order()) {
            Some(delivery) => client.deliver(delivery),
            None => client.refuse(),
        }
        let is_empty = *self.books.lock() == 0;
        if is_empty && !self.is_closed.swap(true, SeqCst) {
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
