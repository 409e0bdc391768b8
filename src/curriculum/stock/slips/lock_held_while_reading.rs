//! "From the order to the taking all must be one step." Only looking and taking must. Now everybody
//! waits for whoever has not made up their mind.

slip! {
    LockHeldWhileReading,
    caught_by: a_silent_client_holds_up_nobody,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

struct Books {
    left: u32,
    handed_over: u32,
}

/// Takes the lock first, and then asks the client.
struct LockHeldWhileReading {
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
