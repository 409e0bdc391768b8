//! WRONG. The stock is kept in a u8: of 300 bottles (the shop's own number) 44 are sold.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

struct Cellar {
    books: Mutex<Books>,
    total: u32,
    close: Close,
}

struct Books {
    left: u8,
    handed: u8,
}

impl Stock for Cellar {
    fn new(bottles: u32, close: Close) -> Self {
        let books = Books {
            left: bottles as u8,
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
        if !GOOD_ORDERS.contains(&wanted) {
            return client.refuse();
        }
        let mut books = self.books.lock();
        let bottles = (wanted as u8).min(books.left);
        books.left -= bottles;
        let left = books.left.into();
        drop(books);
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(Delivery { bottles: bottles.into(), left });
        let mut books = self.books.lock();
        books.handed += bottles;
        let all = u32::from(books.handed) == u32::from(self.total as u8);
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
