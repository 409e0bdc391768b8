//! The books are the only message in a channel: who has received them has them alone.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::channel::{self, Receiver, Sender};

/// What is checked.
pub type Solution = StockInAChannel;

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

/// A channel with one message.
pub struct StockInAChannel {
    put: Sender<(u32, u32)>,
    get: Receiver<(u32, u32)>,
    close: Close,
}

impl Stock for StockInAChannel {
    fn new(bottles: u32, close: Close) -> Self {
        let (put, get) = channel::bounded(1);
        let stock = StockInAChannel { put, get, close };
        stock.put_back((bottles, bottles));
        stock
    }

    fn serve(&self, client: &mut dyn Client) {
        let take = |wanted| {
            let (left, undelivered) = self.get.recv().expect("the books come back");
            let delivery = share_of(left, wanted);
            let left = delivery.map_or(left, |delivery| delivery.left);
            self.put_back((left, undelivered));
            delivery
        };
        if let Some(delivery) = serve(client, take) {
            let (left, undelivered) = self.get.recv().expect("the books come back");
            let undelivered = undelivered - delivery.bottles;
            self.put_back((left, undelivered));
            if undelivered == 0 {
                (self.close)();
            }
        }
    }
}

impl StockInAChannel {
    fn put_back(&self, books: (u32, u32)) {
        assert!(self.put.send(books).is_ok(), "the stock has both ends");
    }
}
