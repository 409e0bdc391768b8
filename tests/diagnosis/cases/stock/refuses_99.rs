//! WRONG. A range without its end: an order of 99 is refused.

use kata::stock::{Client, Close, Delivery, Stock};
use kata::sync::Mutex;

struct Cellar {
    books: Mutex<Books>,
    total: u32,
    close: Close,
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
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().unwrap_or(0);
        if !(1..99).contains(&wanted) {
            return client.refuse();
        }
        let mut books = self.books.lock();
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
