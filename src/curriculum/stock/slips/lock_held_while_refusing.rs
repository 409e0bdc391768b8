//! "A refusal takes no time." It waits for the network like any answer, and the lock is held
//! meanwhile.

slip! {
    LockHeldWhileRefusing,
    caught_by: a_refused_client_holds_up_nobody,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

struct Books {
    left: u32,
    handed_over: u32,
}

/// Keeps the lock until a client with a bad order has gone.
struct LockHeldWhileRefusing {
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
