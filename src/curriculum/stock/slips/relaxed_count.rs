//! "The count is atomic, so the last one knows." It knows the number, but `Relaxed` says nothing of
//! what the others have done. Only weak memory shows it.

slip! {
    RelaxedCount,
    caught_by: closes_once_when_all_is_handed_over,
    loom: SeenTooLate,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU32;
use kata::sync::atomic::Ordering::Relaxed;

/// Counts what is handed over, and publishes nothing with it.
struct RelaxedCount {
    bottles: u32,
    books: Books,
    handed_over: AtomicU32,
    close: Close,
}

impl Stock for RelaxedCount {
    fn new(bottles: u32, close: Close) -> Self {
        RelaxedCount {
            bottles,
            books: Mutex::new(bottles),
            handed_over: AtomicU32::new(0),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
            return client.refuse();
        };
        client.deliver(delivery);
        let before = self.handed_over.fetch_add(delivery.bottles, Relaxed);
        if before + delivery.bottles == self.bottles {
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
