//! The lock is held while the server waits for a client.

use crate::curriculum::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use crate::sync::Mutex;

struct Books {
    left: u32,
    handed_over: u32,
}

/// Takes the lock first, and then asks the client.
pub struct LockHeldWhileReading {
    bottles: u32,
    books: Mutex<Books>,
    close: Close,
}

impl Stock for LockHeldWhileReading {
    fn new(bottles: u32, close: Close) -> Self {
        LockHeldWhileReading {
            bottles,
            books: Mutex::new(Books {
                left: bottles,
                handed_over: 0,
            }),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let mut books = self.books.lock();
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let bottles = wanted.unwrap_or(0).min(books.left);
        books.left -= bottles;
        let left = books.left;
        drop(books);
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        let mut books = self.books.lock();
        books.handed_over += bottles;
        if books.handed_over == self.bottles {
            (self.close)();
        }
    }
}

/// Keeps the lock until the client has its bottles.
pub struct LockHeldWhileDelivering {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for LockHeldWhileDelivering {
    fn new(bottles: u32, close: Close) -> Self {
        LockHeldWhileDelivering {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let mut left = self.left.lock();
        let bottles = wanted.unwrap_or(0).min(*left);
        if bottles == 0 {
            return client.refuse();
        }
        *left -= bottles;
        client.deliver(Delivery {
            bottles,
            left: *left,
        });
        if *left == 0 {
            (self.close)();
        }
    }
}

/// Keeps the lock until a client with a bad order has gone.
pub struct LockHeldWhileRefusing {
    bottles: u32,
    books: Mutex<Books>,
    close: Close,
}

impl Stock for LockHeldWhileRefusing {
    fn new(bottles: u32, close: Close) -> Self {
        LockHeldWhileRefusing {
            bottles,
            books: Mutex::new(Books {
                left: bottles,
                handed_over: 0,
            }),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order();
        let mut books = self.books.lock();
        let Some(wanted) = wanted.filter(|n| GOOD_ORDERS.contains(n)) else {
            return client.refuse();
        };
        let bottles = wanted.min(books.left);
        books.left -= bottles;
        let left = books.left;
        drop(books);
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        let mut books = self.books.lock();
        books.handed_over += bottles;
        if books.handed_over == self.bottles {
            (self.close)();
        }
    }
}
