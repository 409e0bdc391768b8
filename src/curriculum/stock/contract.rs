//! What a stock promises, and what it is given.

use std::ops::RangeInclusive;

/// How many bottles an order may ask for.
pub const GOOD_ORDERS: RangeInclusive<u32> = 1..=99;

/// A stock of bottles that is sold to clients, each of which a thread of its own serves.
///
/// The threads hold the stock through an [`Arc`](std::sync::Arc), so `serve` takes `&self`.
pub trait Stock: Send + Sync + 'static {
    /// A stock of so many bottles, at least 1. `close` is for when they have gone.
    fn new(bottles: u32, close: Close) -> Self
    where
        Self: Sized;

    /// Serves one client: asks it once for its order, and gives it one answer, whatever it orders.
    ///
    /// - A good order asks for one of [`GOOD_ORDERS`]. While there are bottles left it is
    ///   delivered: as many as it asks for, or all that are left if that is less. Good orders
    ///   are *linearizable*: it is as if they came one after the other, and each finds what
    ///   those before it have left.
    /// - Once the last bottle is taken, good orders are refused. No other order takes or keeps a
    ///   bottle: it is refused at any time.
    /// - When the last bottle has been handed over, `close` is called: once, and before the last
    ///   of the calls that have delivered any returns. All deliveries are complete by then, also
    ///   those of other threads; what they have done happens before `close`. It does not wait for
    ///   clients that have not ordered, or are refused.
    /// - A client may take its time, or never say a word. No other client waits for that: neither
    ///   to be asked, nor for its answer.
    /// - Whether a call returns as soon as its client has its answer, or waits for deliveries that
    ///   have begun, is up to you.
    fn serve(&self, client: &mut dyn Client);
}

/// Tells the server that there is nothing left to sell.
pub type Close = Box<dyn Fn() + Send + Sync>;

/// A client, as the server's end of its connection shows it.
///
/// Each call can take long: it waits for the network. But it always ends, since a client that is
/// too slow is given up.
pub trait Client {
    /// Waits for the order. `None` if what comes is no number, or nothing.
    fn order(&mut self) -> Option<u32>;

    /// Hands bottles over; when it returns, that is done.
    fn deliver(&mut self, delivery: Delivery);

    /// Sends the client away without any.
    fn refuse(&mut self);
}

/// What a client gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// How many bottles.
    pub bottles: u32,
    /// How many there are left once these are taken.
    pub left: u32,
}
