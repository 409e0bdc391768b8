//! An order gets what it should not, or not what it should.

use super::taking::take;
use crate::curriculum::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use crate::sync::Mutex;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::atomic::{AtomicI64, AtomicU32};

/// Sells as long as there was something, and lets the stock fall below zero.
pub struct BelowZero {
    left: AtomicI64,
    close: Close,
}

impl Stock for BelowZero {
    fn new(bottles: u32, close: Close) -> Self {
        BelowZero {
            left: AtomicI64::new(bottles.into()),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let found = self.left.fetch_sub(wanted.into(), SeqCst);
        if found <= 0 {
            return client.refuse();
        }
        let left = found - i64::from(wanted);
        client.deliver(Delivery {
            bottles: wanted,
            left: left.max(0) as u32,
        });
        if left <= 0 {
            (self.close)();
        }
    }
}

/// Has no answer for an order that it cannot fill.
pub struct ShortOrderLost {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for ShortOrderLost {
    fn new(bottles: u32, close: Close) -> Self {
        ShortOrderLost {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let mut left = self.left.lock();
        if *left >= wanted {
            *left -= wanted;
            let left = *left;
            client.deliver(Delivery {
                bottles: wanted,
                left,
            });
            if left == 0 {
                (self.close)();
            }
        }
    }
}

/// Refuses an order that it cannot fill.
pub struct AllOrNothing {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for AllOrNothing {
    fn new(bottles: u32, close: Close) -> Self {
        AllOrNothing {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let taken = wanted.and_then(|wanted| {
            let mut left = self.left.lock();
            *left = left.checked_sub(wanted)?;
            Some((wanted, *left))
        });
        let Some((bottles, left)) = taken else {
            return client.refuse();
        };
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Takes what the order asks for, and then looks whether the order is good.
pub struct TakesThenLooks {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for TakesThenLooks {
    fn new(bottles: u32, close: Close) -> Self {
        TakesThenLooks {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().unwrap_or(0);
        let (bottles, left) = {
            let mut left = self.left.lock();
            let bottles = wanted.min(*left);
            *left -= bottles;
            (bottles, *left)
        };
        if bottles == 0 || !GOOD_ORDERS.contains(&wanted) {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Believes whatever number comes.
pub struct AnyNumber {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for AnyNumber {
    fn new(bottles: u32, close: Close) -> Self {
        AnyNumber {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(wanted) = client.order() else {
            return client.refuse();
        };
        let (found, left) = {
            let mut left = self.left.lock();
            let found = *left;
            *left -= wanted.min(found);
            (found, *left)
        };
        if found == 0 {
            return client.refuse();
        }
        client.deliver(Delivery {
            bottles: found - left,
            left,
        });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Takes what it will not deliver, and gives it back a moment later.
pub struct GivesBack {
    left: AtomicU32,
    close: Close,
}

impl Stock for GivesBack {
    fn new(bottles: u32, close: Close) -> Self {
        GivesBack {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let Some(wanted) = wanted else {
            return client.refuse();
        };
        let found = self.left.swap(0, SeqCst);
        if found == 0 {
            return client.refuse();
        }
        let bottles = wanted.min(found);
        let left = found - bottles;
        if left > 0 {
            self.left.store(left, SeqCst);
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Sends the client away when somebody else is at the stock.
pub struct SendsAway {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for SendsAway {
    fn new(bottles: u32, close: Close) -> Self {
        SendsAway {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let (Some(wanted), Some(mut left)) = (wanted, self.left.try_lock()) else {
            return client.refuse();
        };
        let bottles = wanted.min(*left);
        *left -= bottles;
        let delivery = Delivery {
            bottles,
            left: *left,
        };
        drop(left);
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}

/// Takes for a bad order, too, and puts that back when it sees that it is one.
pub struct PutsBack {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for PutsBack {
    fn new(bottles: u32, close: Close) -> Self {
        PutsBack {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().unwrap_or(0);
        let (bottles, left) = {
            let mut left = self.left.lock();
            let bottles = wanted.min(*left);
            *left -= bottles;
            (bottles, *left)
        };
        if bottles > 0 && !GOOD_ORDERS.contains(&wanted) {
            *self.left.lock() += bottles;
            return client.refuse();
        }
        if bottles == 0 {
            return client.refuse();
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Keeps of the order what a byte can hold.
pub struct OrderInAByte {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for OrderInAByte {
    fn new(bottles: u32, close: Close) -> Self {
        OrderInAByte {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let order = client.order().map(|wanted| wanted as u8);
        let Some(delivery) = take(&self.left, order.map(u32::from)) else {
            return client.refuse();
        };
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}
