//! WRONG. Waits at most a second for the one that is being delivered to: a slow client costs
//! others that second.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::{Condvar, Mutex, time::Duration};

struct Cellar {
    books: Mutex<Books>,
    total: u32,
    close: Close,
    quiet: Condvar,
}

struct Books {
    left: u32,
    handed: u32,
}

impl Stock for Cellar {
    fn new(bottles: u32, close: Close) -> Self {
        let books = Books {
            left: bottles,
            handed: 0,
        };
        Cellar {
            books: Mutex::new(books),
            total: bottles,
            close,
            quiet: Condvar::new(),
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().unwrap_or(0);
        if !GOOD_ORDERS.contains(&wanted) {
            return client.refuse();
        }
        let mut books = self.books.lock();
        let total = self.total;
        let busy = |books: &mut Books| books.left + books.handed < total;
        self.quiet.wait_while_for(&mut books, busy, Duration::from_secs(1));
        let bottles = wanted.min(books.left);
        books.left -= bottles;
        let left = books.left;
        drop(books);
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        let mut books = self.books.lock();
        books.handed += bottles;
        self.quiet.notify_all();
        let all = books.handed == self.total;
        drop(books);
        if all {
            (self.close)();
        }
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::stock::checks::<Cellar>()
}
