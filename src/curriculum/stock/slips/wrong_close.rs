//! The server is closed too early, too late, too often, or not at all.

use super::taking::{Books, take};
use crate::curriculum::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use crate::sync::Mutex;
use crate::sync::atomic::Ordering::{Relaxed, SeqCst};
use crate::sync::atomic::{AtomicBool, AtomicU32};

/// Closes as soon as the last bottle is taken.
pub struct ClosesBeforeTheAnswer {
    books: Books,
    close: Close,
}

impl Stock for ClosesBeforeTheAnswer {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesBeforeTheAnswer {
            books: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
            return client.refuse();
        };
        if delivery.left == 0 {
            (self.close)();
        }
        client.deliver(delivery);
    }
}

/// Closes when the client that took the last bottle has it; another may still be waiting.
pub struct ClosesAfterItsOwn {
    books: Books,
    close: Close,
}

impl Stock for ClosesAfterItsOwn {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesAfterItsOwn {
            books: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
            return client.refuse();
        };
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}

/// Whoever finds that all is handed over closes.
pub struct ClosesTwice {
    bottles: u32,
    books: Books,
    handed_over: Mutex<u32>,
    close: Close,
}

impl Stock for ClosesTwice {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesTwice {
            bottles,
            books: Mutex::new(bottles),
            handed_over: Mutex::new(0),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = take(&self.books, client.order()) else {
            return client.refuse();
        };
        client.deliver(delivery);
        *self.handed_over.lock() += delivery.bottles;
        if *self.handed_over.lock() == self.bottles {
            (self.close)();
        }
    }
}

/// Notices that there is nothing left when the next client comes.
pub struct ClosesAtTheNextOrder {
    books: Books,
    close: Close,
}

impl Stock for ClosesAtTheNextOrder {
    fn new(bottles: u32, close: Close) -> Self {
        ClosesAtTheNextOrder {
            books: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let order = client.order();
        if let Some(delivery) = take(&self.books, order) {
            return client.deliver(delivery);
        }
        client.refuse();
        if *self.books.lock() == 0 {
            (self.close)();
        }
    }
}

/// Whoever finds that nothing is left closes, unless somebody has: even who is refused.
pub struct RefusedCloses {
    books: Books,
    is_closed: AtomicBool,
    close: Close,
}

impl Stock for RefusedCloses {
    fn new(bottles: u32, close: Close) -> Self {
        RefusedCloses {
            books: Mutex::new(bottles),
            is_closed: AtomicBool::new(false),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        match take(&self.books, client.order()) {
            Some(delivery) => client.deliver(delivery),
            None => client.refuse(),
        }
        let is_empty = *self.books.lock() == 0;
        if is_empty && !self.is_closed.swap(true, SeqCst) {
            (self.close)();
        }
    }
}

/// Counts what is handed over, and publishes nothing with it.
pub struct RelaxedCount {
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

/// Closes when nobody is being served any more, be they silent.
pub struct WaitsForTheSilent {
    books: Mutex<Shop>,
    close: Close,
}

struct Shop {
    left: u32,
    clients: u32,
    is_closed: bool,
}

impl Stock for WaitsForTheSilent {
    fn new(bottles: u32, close: Close) -> Self {
        let shop = Shop {
            left: bottles,
            clients: 0,
            is_closed: false,
        };
        WaitsForTheSilent {
            books: Mutex::new(shop),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        self.books.lock().clients += 1;
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let (bottles, left) = {
            let mut shop = self.books.lock();
            let bottles = wanted.unwrap_or(0).min(shop.left);
            shop.left -= bottles;
            (bottles, shop.left)
        };
        match bottles {
            0 => client.refuse(),
            _ => client.deliver(Delivery { bottles, left }),
        }
        let mut shop = self.books.lock();
        shop.clients -= 1;
        if shop.clients == 0 && shop.left == 0 && !shop.is_closed {
            shop.is_closed = true;
            (self.close)();
        }
    }
}

/// Closes when nobody who has ordered is waiting for an answer, be it a refusal.
pub struct WaitsForTheRefused {
    books: Mutex<Shop>,
    close: Close,
}

impl Stock for WaitsForTheRefused {
    fn new(bottles: u32, close: Close) -> Self {
        let shop = Shop {
            left: bottles,
            clients: 0,
            is_closed: false,
        };
        WaitsForTheRefused {
            books: Mutex::new(shop),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let (bottles, left) = {
            let mut shop = self.books.lock();
            shop.clients += 1;
            let bottles = wanted.unwrap_or(0).min(shop.left);
            shop.left -= bottles;
            (bottles, shop.left)
        };
        match bottles {
            0 => client.refuse(),
            _ => client.deliver(Delivery { bottles, left }),
        }
        let mut shop = self.books.lock();
        shop.clients -= 1;
        if shop.clients == 0 && shop.left == 0 && !shop.is_closed {
            shop.is_closed = true;
            (self.close)();
        }
    }
}
