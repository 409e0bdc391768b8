//! Counts who is on the way to hand over; the last of them, when all is sold, closes.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// What is checked.
pub type Solution = UnderDelivery;

/// What an order gets that finds so many bottles.
fn share_of(found: u32, wanted: u32) -> Option<Delivery> {
    let bottles = wanted.min(found);
    let left = found - bottles;
    (found > 0 && GOOD_ORDERS.contains(&wanted)).then_some(Delivery { bottles, left })
}

/// Serves a client; returns what it got.
fn serve(client: &mut dyn Client, take: impl FnOnce(u32) -> Option<Delivery>) -> Option<Delivery> {
    let delivery = client.order().and_then(take);
    match delivery {
        Some(delivery) => client.deliver(delivery),
        None => client.refuse(),
    }
    delivery
}

/// A lock around what is left, and who is on the way.
pub struct UnderDelivery {
    books: Mutex<(u32, usize)>,
    close: Close,
}

impl Stock for UnderDelivery {
    fn new(bottles: u32, close: Close) -> Self {
        UnderDelivery {
            books: Mutex::new((bottles, 0)),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let take = |wanted| {
            let (left, on_the_way) = &mut *self.books.lock();
            let delivery = share_of(*left, wanted)?;
            *left = delivery.left;
            *on_the_way += 1;
            Some(delivery)
        };
        if serve(client, take).is_some() {
            let (left, on_the_way) = &mut *self.books.lock();
            *on_the_way -= 1;
            // With the lock held: closing waits for no client.
            if (*left, *on_the_way) == (0, 0) {
                (self.close)();
            }
        }
    }
}
