//! Looking and taking are not one critical section.

use crate::curriculum::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use crate::sync::Mutex;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::channel::{self, Receiver, Sender};

/// Loads, then subtracts what may be there no longer.
pub struct LoadThenSubtract {
    left: AtomicU32,
    close: Close,
}

impl Stock for LoadThenSubtract {
    fn new(bottles: u32, close: Close) -> Self {
        LoadThenSubtract {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let left = self.left.load(SeqCst);
        let (Some(wanted), 1..) = (wanted, left) else {
            return client.refuse();
        };
        let bottles = wanted.min(left);
        let left = self.left.fetch_sub(bottles, SeqCst).wrapping_sub(bottles);
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Looks without the lock whether there is enough, and takes with it.
pub struct CheckOutsideTheLock {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for CheckOutsideTheLock {
    fn new(bottles: u32, close: Close) -> Self {
        CheckOutsideTheLock {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let available = *self.left.lock();
        let (Some(wanted), 1..) = (wanted, available) else {
            return client.refuse();
        };
        let bottles = wanted.min(available);
        let mut left = self.left.lock();
        *left -= bottles;
        let left = *left;
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Looks without the lock whether the shop is empty, and does not look again.
pub struct EmptyOutsideTheLock {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for EmptyOutsideTheLock {
    fn new(bottles: u32, close: Close) -> Self {
        EmptyOutsideTheLock {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let is_empty = *self.left.lock() == 0;
        let (Some(wanted), false) = (wanted, is_empty) else {
            return client.refuse();
        };
        let mut left = self.left.lock();
        let bottles = wanted.min(*left);
        *left -= bottles;
        let delivery = Delivery {
            bottles,
            left: *left,
        };
        drop(left);
        client.deliver(delivery);
        if delivery.left == 0 {
            (self.close)();
        }
    }
}

/// One lock to look, and one to take.
pub struct TwoLocks {
    looking: Mutex<()>,
    taking: Mutex<()>,
    left: AtomicU32,
    close: Close,
}

impl Stock for TwoLocks {
    fn new(bottles: u32, close: Close) -> Self {
        TwoLocks {
            looking: Mutex::new(()),
            taking: Mutex::new(()),
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let available = {
            let _looking = self.looking.lock();
            self.left.load(SeqCst)
        };
        let (Some(wanted), 1..) = (wanted, available) else {
            return client.refuse();
        };
        let bottles = wanted.min(available);
        let left = available - bottles;
        {
            let _taking = self.taking.lock();
            self.left.store(left, SeqCst);
        }
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Takes one bottle at a time: each take is atomic, the order is not.
pub struct BottleByBottle {
    shelf: Receiver<()>,
    /// Keeps the shelf open.
    _cellar: Sender<()>,
    close: Close,
}

impl Stock for BottleByBottle {
    fn new(bottles: u32, close: Close) -> Self {
        let (cellar, shelf) = channel::unbounded();
        for _ in 0..bottles {
            let _ = cellar.send(());
        }
        BottleByBottle {
            shelf,
            _cellar: cellar,
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let mut bottles = 0;
        while bottles < wanted.unwrap_or(0) && self.shelf.try_recv().is_ok() {
            bottles += 1;
        }
        if bottles == 0 {
            return client.refuse();
        }
        let left = self.shelf.len() as u32;
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Takes with the lock held, and reads later what is left.
pub struct LeftReadLater {
    left: Mutex<u32>,
    close: Close,
}

impl Stock for LeftReadLater {
    fn new(bottles: u32, close: Close) -> Self {
        LeftReadLater {
            left: Mutex::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let bottles = {
            let mut left = self.left.lock();
            let bottles = wanted.unwrap_or(0).min(*left);
            *left -= bottles;
            bottles
        };
        if bottles == 0 {
            return client.refuse();
        }
        let left = *self.left.lock();
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}

/// Makes its lock where it takes it.
pub struct LockPerClient {
    left: AtomicU32,
    close: Close,
}

impl Stock for LockPerClient {
    fn new(bottles: u32, close: Close) -> Self {
        LockPerClient {
            left: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let wanted = client.order().filter(|n| GOOD_ORDERS.contains(n));
        let lock = Mutex::new(());
        let held = lock.lock();
        let available = self.left.load(SeqCst);
        let (Some(wanted), 1..) = (wanted, available) else {
            return client.refuse();
        };
        let bottles = wanted.min(available);
        let left = available - bottles;
        self.left.store(left, SeqCst);
        drop(held);
        client.deliver(Delivery { bottles, left });
        if left == 0 {
            (self.close)();
        }
    }
}
