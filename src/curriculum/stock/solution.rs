//! The reference solution of `stock`: one lock for the books, and none for the clients.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

/// What is checked.
pub type Solution = Locked;

/// A stock whose books can be reached only with the lock held.
pub struct Locked {
    bottles: u32,
    books: Mutex<Books>,
    close: Close,
}

struct Books {
    left: u32,
    handed_over: u32,
}

impl Stock for Locked {
    fn new(bottles: u32, close: Close) -> Self {
        let books = Books {
            left: bottles,
            handed_over: 0,
        };
        Locked {
            bottles,
            books: Mutex::new(books),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order();
        let Some(delivery) = wanted.and_then(|wanted| self.take(wanted)) else {
            return client.refuse();
        };
        client.deliver(delivery);
        if self.was_the_last(delivery) {
            (self.close)();
        }
    }
}

impl Locked {
    /// Looks and takes in one critical section.
    fn take(&self, wanted: u32) -> Option<Delivery> {
        let mut books = self.books.lock();
        if books.left == 0 || !GOOD_ORDERS.contains(&wanted) {
            return None;
        }
        let bottles = wanted.min(books.left);
        books.left -= bottles;
        let left = books.left;
        Some(Delivery { bottles, left })
    }

    /// Notes down what has been handed over. Only one delivery makes it all of them.
    fn was_the_last(&self, delivery: Delivery) -> bool {
        let mut books = self.books.lock();
        books.handed_over += delivery.bottles;
        books.handed_over == self.bottles
    }
}
