//! e-com-net.com/article/5678361, bachelor-button 卖票: `if (tickets > 0) sale();` with sale()
//! synchronised.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::Mutex;

struct Shop {
    tickets: i64,
    handed_over: i64,
}

struct Cellar {
    temp: i64,
    shop: Mutex<Shop>,
    close: Close,
}

impl Cellar {
    fn tickets(&self) -> i64 {
        self.shop.lock().tickets
    }
    /// synchronized
    fn sale(&self, bottles: i64) -> i64 {
        let mut shop = self.shop.lock();
        shop.tickets -= bottles;
        shop.tickets
    }
    /// synchronized
    fn done(&self, bottles: i64) -> bool {
        let mut shop = self.shop.lock();
        shop.handed_over += bottles;
        shop.handed_over == self.temp
    }
}

impl Stock for Cellar {
    fn new(bottles: u32, close: Close) -> Self {
        let temp = i64::from(bottles);
        Cellar { temp, shop: Mutex::new(Shop { tickets: temp, handed_over: 0 }), close }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(wanted) = client.order().filter(|wanted| GOOD_ORDERS.contains(wanted)) else {
            return client.refuse();
        };
        if self.tickets() > 0 {
            let bottles = i64::from(wanted).min(self.tickets());
            let left = self.sale(bottles);
            client.deliver(Delivery { bottles: bottles as u32, left: left as u32 });
            if self.done(bottles) {
                (self.close)();
            }
        } else {
            client.refuse();
        }
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::stock::checks::<Cellar>()
}
