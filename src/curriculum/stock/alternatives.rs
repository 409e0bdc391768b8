//! Other right solutions of `stock`: the contract asks for no style.

use super::{Client, Close, Delivery, GOOD_ORDERS, Stock, checks};
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, Solution};
use crate::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicBool, AtomicU32};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::{Condvar, Mutex, hint, thread};

/// All of them.
pub const ALL: &[Solution] = &[
    Solution {
        name: "compare_exchange",
        how: "Writes what is left only if nobody has taken any since, else looks again.",
        checks: checks::<CompareExchange>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "under_delivery",
        how: "Counts who is on the way to hand over; the last of them, when all is sold, closes.",
        checks: checks::<UnderDelivery>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "shopkeeper",
        how: "One thread owns the stock; those who serve send it messages.",
        checks: checks::<Shopkeeper>,
        // More executions than loom is given.
        back_ends: ENGINE_ONLY,
    },
    Solution {
        name: "stock_in_a_channel",
        how: "The books are the only message in a channel: who has received them has them alone.",
        checks: checks::<StockInAChannel>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "semaphore",
        how: "A semaphore made by hand lets one at a time at the stock.",
        checks: checks::<Semaphore>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "spin_lock",
        how: "A flag is the lock; who finds it set gives way and tries again.",
        checks: checks::<SpinLock>,
        back_ends: EVERY_BACK_END,
    },
];

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

/// Two atomics.
pub struct CompareExchange {
    left: AtomicU32,
    undelivered: AtomicU32,
    close: Close,
}

impl Stock for CompareExchange {
    fn new(bottles: u32, close: Close) -> Self {
        CompareExchange {
            left: AtomicU32::new(bottles),
            undelivered: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let Some(delivery) = serve(client, |wanted| self.take(wanted)) else {
            return;
        };
        // Each one's Release pairs with the Acquire of the last, so that all deliveries come
        // before the close.
        let undelivered = self.undelivered.fetch_sub(delivery.bottles, AcqRel);
        if undelivered == delivery.bottles {
            (self.close)();
        }
    }
}

impl CompareExchange {
    fn take(&self, wanted: u32) -> Option<Delivery> {
        // Relaxed throughout: what is left publishes no other data.
        let mut found = self.left.load(Relaxed);
        loop {
            let delivery = share_of(found, wanted)?;
            let exchange = self
                .left
                .compare_exchange_weak(found, delivery.left, Relaxed, Relaxed);
            match exchange {
                Ok(_) => return Some(delivery),
                Err(now) => found = now,
            }
        }
    }
}

/// A lock around what is left, and who is on the way.
pub struct UnderDelivery {
    books: Mutex<(u32, usize)>,
    close: Close,
}

impl Stock for UnderDelivery {
    fn new(bottles: u32, close: Close) -> Self {
        UnderDelivery {
            books: Mutex::new((bottles, 0)),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        let take = |wanted| {
            let (left, on_the_way) = &mut *self.books.lock();
            let delivery = share_of(*left, wanted)?;
            *left = delivery.left;
            *on_the_way += 1;
            Some(delivery)
        };
        if serve(client, take).is_some() {
            let (left, on_the_way) = &mut *self.books.lock();
            *on_the_way -= 1;
            // With the lock held: closing waits for no client.
            if (*left, *on_the_way) == (0, 0) {
                (self.close)();
            }
        }
    }
}

enum Message {
    Order(u32, Sender<Option<Delivery>>),
    HandedOver(u32, Sender<()>),
}

/// A thread that owns the stock, and a channel to it.
pub struct Shopkeeper {
    messages: Sender<Message>,
}

impl Stock for Shopkeeper {
    fn new(bottles: u32, close: Close) -> Self {
        let (sender, messages) = channel::unbounded();
        // Ends once the stock, hence the only sender, is gone.
        thread::spawn(move || {
            let (mut left, mut undelivered) = (bottles, bottles);
            for message in messages {
                match message {
                    Message::Order(wanted, reply) => {
                        let delivery = share_of(left, wanted);
                        left = delivery.map_or(left, |delivery| delivery.left);
                        let _ = reply.send(delivery);
                    }
                    Message::HandedOver(bottles, reply) => {
                        undelivered -= bottles;
                        if undelivered == 0 {
                            close();
                        }
                        let _ = reply.send(());
                    }
                }
            }
        });
        Shopkeeper { messages: sender }
    }

    fn serve(&self, client: &mut dyn Client) {
        if let Some(delivery) = serve(client, |wanted| {
            self.ask(|reply| Message::Order(wanted, reply))
        }) {
            self.ask(|reply| Message::HandedOver(delivery.bottles, reply));
        }
    }
}

impl Shopkeeper {
    fn ask<T>(&self, message: impl FnOnce(Sender<T>) -> Message) -> T {
        let (reply, answer) = channel::bounded(1);
        let sent = self.messages.send(message(reply));
        assert!(sent.is_ok(), "the shopkeeper lives as long as the stock");
        answer.recv().expect("the shopkeeper answers")
    }
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

/// A semaphore, and numbers that it guards.
pub struct Semaphore {
    is_free: Mutex<bool>,
    was_freed: Condvar,
    left: AtomicU32,
    undelivered: AtomicU32,
    close: Close,
}

impl Semaphore {
    fn exclusively<T>(&self, critical: impl FnOnce() -> T) -> T {
        let mut is_free = self.is_free.lock();
        while !*is_free {
            self.was_freed.wait(&mut is_free);
        }
        *is_free = false;
        drop(is_free);
        let result = critical();
        *self.is_free.lock() = true;
        self.was_freed.notify_one();
        result
    }
}

impl Stock for Semaphore {
    fn new(bottles: u32, close: Close) -> Self {
        Semaphore {
            is_free: Mutex::new(true),
            was_freed: Condvar::new(),
            left: AtomicU32::new(bottles),
            undelivered: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        // Relaxed, here and below: the lock inside the semaphore orders its users.
        let take = |wanted| {
            self.exclusively(|| {
                let delivery = share_of(self.left.load(Relaxed), wanted)?;
                self.left.store(delivery.left, Relaxed);
                Some(delivery)
            })
        };
        let Some(delivery) = serve(client, take) else {
            return;
        };
        let undelivered = self.exclusively(|| {
            let undelivered = self.undelivered.load(Relaxed) - delivery.bottles;
            self.undelivered.store(undelivered, Relaxed);
            undelivered
        });
        if undelivered == 0 {
            (self.close)();
        }
    }
}

/// A lock made of a flag, and numbers that it guards.
pub struct SpinLock {
    is_locked: AtomicBool,
    left: AtomicU32,
    undelivered: AtomicU32,
    close: Close,
}

impl SpinLock {
    fn locked<T>(&self, critical: impl FnOnce() -> T) -> T {
        // Acquire pairs with the Release below: whoever takes the lock sees what its holders wrote.
        while self.is_locked.swap(true, Acquire) {
            hint::spin_loop();
        }
        let result = critical();
        // Release pairs with the Acquire above.
        self.is_locked.store(false, Release);
        result
    }
}

impl Stock for SpinLock {
    fn new(bottles: u32, close: Close) -> Self {
        SpinLock {
            is_locked: AtomicBool::new(false),
            left: AtomicU32::new(bottles),
            undelivered: AtomicU32::new(bottles),
            close,
        }
    }

    fn serve(&self, client: &mut dyn Client) {
        // Relaxed, here and below: the lock orders the critical sections.
        let take = |wanted| {
            self.locked(|| {
                let delivery = share_of(self.left.load(Relaxed), wanted)?;
                self.left.store(delivery.left, Relaxed);
                Some(delivery)
            })
        };
        let Some(delivery) = serve(client, take) else {
            return;
        };
        let was_the_last = self.locked(|| {
            let undelivered = self.undelivered.load(Relaxed) - delivery.bottles;
            self.undelivered.store(undelivered, Relaxed);
            undelivered == 0
        });
        if was_the_last {
            (self.close)();
        }
    }
}
