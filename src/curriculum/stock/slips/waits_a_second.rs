//! "The client before me comes first, but I do not wait for ever." A second for each slow client is
//! too long as well.

slip! {
    WaitsASecond,
    caught_by: a_slow_client_costs_no_time,
    exhaustive: HeldUp,
}

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};

struct Books {
    left: u32,
    on_the_way: usize,
}

/// Lets the client before it have its bottles first, unless that takes a second.
struct WaitsASecond {
    books: Mutex<Books>,
    changed: Condvar,
    close: Close,
}

impl Stock for WaitsASecond {
    fn new(bottles: u32, close: Close) -> Self {
        let books = Books {
            left: bottles,
            on_the_way: 0,
        };
        WaitsASecond {
            books: Mutex::new(books),
            changed: Condvar::new(),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let mut books = self.books.lock();
        let is_busy = |books: &mut Books| books.on_the_way > 0;
        (self.changed).wait_while_for(&mut books, is_busy, Duration::from_secs(1));
        let bottles = wanted.min(books.left);
        books.left -= bottles;
        let left = books.left;
        if bottles == 0 {
            drop(books);
            return client.refuse();
        }
        books.on_the_way += 1;
        drop(books);
        client.deliver(Delivery { bottles, left });
        let mut books = self.books.lock();
        books.on_the_way -= 1;
        let was_the_last = books.left == 0 && books.on_the_way == 0;
        drop(books);
        self.changed.notify_all();
        if was_the_last {
            (self.close)();
        }
    }
}
