//! One thread owns the stock; those who serve send it messages.

use kata::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};
use kata::sync::channel::{self, Sender};
use kata::sync::thread;

/// What is checked.
pub type Solution = Shopkeeper;

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
