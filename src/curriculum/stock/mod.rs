//! The kata `stock`: clients order bottles, and no bottle may be sold twice.

pub mod alternatives;
mod orders;
mod scenarios;
pub mod slips;
mod slow;
pub mod solution;
mod visitor;

use super::Kata;
use crate::diagnosis::Label;
use crate::explore::check::Check;
use orders::Orders;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many bottles an order may ask for.
pub const GOOD_ORDERS: RangeInclusive<u32> = 1..=99;

/// A stock of bottles that is sold to clients, each of which a thread of its own serves.
///
/// The threads hold the stock through an [`Arc`], so `serve` takes `&self`.
pub trait Stock: Send + Sync + 'static {
    /// A stock of so many bottles, at least 1. `close` is for when they have gone.
    fn new(bottles: u32, close: Close) -> Self;

    /// Serves one client: asks it once for its order, and gives it one answer, whatever it orders.
    ///
    /// - A good order asks for one of [`GOOD_ORDERS`]. While there are bottles left it is
    ///   delivered: as many as it asks for, or all that are left if that is less. It is as if
    ///   such orders came one after the other: each finds what those before it have left.
    /// - Once the last bottle is taken, good orders are refused. No other order takes or keeps a
    ///   bottle: it is refused at any time.
    /// - When the last bottle has been handed over, `close` is called: once, and before the last
    ///   of the calls that have delivered any returns. All deliveries are complete by then, also
    ///   those of other threads; what they have done happens before `close`. It does not wait for
    ///   clients that have not ordered, or are refused.
    /// - A client may take its time, or never say a word. No other client waits for that: neither
    ///   to be asked, nor for its answer.
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

/// The kata.
pub const KATA: Kata = Kata {
    number: 5,
    name: "stock",
    title: "The wine shop's stock",
    summary: "Clients order bottles at the same time, and no bottle may be sold twice.",
    brief: include_str!("brief.md"),
    hints: [
        "Between any two of your steps (look, take, hand over, close) another thread can do all of \
         its own. Which of them belong together? And who else waits when you wait for a client?",
        "Looking and taking is one critical section; talking to the client is outside of it. To \
         know when all is handed over, count that too, and once it has happened.",
        "Keep `left` and `handed_over` in one `Mutex`. Ask the client; lock, take, unlock; \
         deliver; lock, add to `handed_over`, look whether that is all, unlock; close if it was.",
    ],
    hints_for: &[
        (Label::LostUpdate, 1),
        (Label::CheckThenAct, 1),
        (Label::NotExclusive, 1),
        (Label::WaitsHoldingLock, 1),
        (Label::SelfDeadlock, 1),
        (Label::RefusalIgnored, 1),
        (Label::SeenTooLate, 2),
        (Label::SleepsHoldingLock, 1),
        (Label::LockOrder, 2),
        (Label::HeldUp, 0),
    ],
    hint_otherwise: Some(0),
    stub: "05_stock.rs",
    original: include_str!("stub.rs"),
    solution: checks::<solution::Locked>,
    alternatives: alternatives::ALL,
    slips: slips::ALL,
};

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        Check::new(
            "each_order_gets_what_is_left",
            "One after the other, each order gets what it asks for, or what is left of it.",
            any_orders(1..=4),
            orders([(1, &[1, 1]), (3, &[2, 2, 1]), (9, &[2])]),
            orders([(1, &[1, 1]), (3, &[2, 2, 1])]),
            move |orders| scenarios::each_order_gets_what_is_left(make, orders),
        ),
        Check::new(
            "a_bad_order_changes_nothing",
            "An order of 0, of 100 or more, or none at all is refused; the stock stays as it is.",
            bad_orders(),
            orders([
                (1, &[0]),
                (2, &[100]),
                (99, &[0, 100, 255]),
                (2, &[257]),
                (9, WRAPPED),
            ]),
            orders([(1, &[0]), (2, &[100]), (2, &[257]), (9, WRAPPED)]),
            move |orders| scenarios::a_bad_order_changes_nothing(make, orders),
        ),
        Check::new(
            "no_bottle_is_sold_twice",
            "Orders that come at the same time are served as if they came one after the other.",
            good_and_bad_orders(2..=3),
            orders([
                (1, &[1, 1]),
                (2, &[1, 1]),
                (2, &[2, 2]),
                (3, &[2, 2]),
                (1, &[1, 100]),
            ]),
            orders([(1, &[1, 1]), (2, &[1, 1]), (2, &[2, 2]), (1, &[1, 100])]),
            move |orders| scenarios::no_bottle_is_sold_twice(make, orders),
        ),
        Check::new(
            "closes_once_when_all_is_handed_over",
            "When the last bottle is handed over, and not before, the server is closed, once.",
            any_orders(1..=3),
            orders([(1, &[1, 1]), (2, &[1, 1])]),
            orders([(1, &[1, 1]), (2, &[1, 1])]),
            move |orders| scenarios::closes_once_when_all_is_handed_over(make, orders),
        ),
        Check::new(
            "a_silent_client_holds_up_nobody",
            "While one client says nothing, the others are served, and the server is closed.",
            any_orders(1..=2),
            orders([(2, &[1]), (1, &[1])]),
            orders([(2, &[1]), (1, &[1])]),
            move |orders| slow::a_silent_client_holds_up_nobody(make, orders),
        ),
        Check::new(
            "a_slow_client_holds_up_nobody",
            "While one client takes its time over the answer, the others get theirs.",
            any_orders(2..=3),
            orders([(1, &[1, 1])]),
            orders([(1, &[1, 1])]),
            move |orders| slow::a_slow_client_holds_up_nobody(make, orders),
        ),
        Check::new(
            "a_refused_client_holds_up_nobody",
            "While one client takes its time to be refused, the others are served, and the \
             server is closed.",
            good_and_bad_orders(2..=3),
            orders([(1, &[0, 1]), (1, &[1, 1])]),
            orders([(1, &[0, 1]), (1, &[1, 1])]),
            move |orders| slow::a_refused_client_holds_up_nobody(make, orders),
        ),
        Check::new(
            "a_slow_client_costs_no_time",
            "While one client takes its time, another is served at once, not a second later.",
            any_orders(2..=2),
            orders([(2, &[1, 1])]),
            orders([(2, &[1, 1])]),
            move |orders| slow::a_slow_client_costs_no_time(make, orders),
        ),
    ]
}

/// Bad orders whose last bits are those of good ones.
const WRAPPED: &[u32] = &[355, 65_537, u32::MAX];

fn orders<const N: usize>(list: [(u32, &[u32]); N]) -> Vec<Orders> {
    list.into_iter()
        .map(|(bottles, wanted)| Orders {
            bottles,
            wanted: wanted.to_vec(),
        })
        .collect()
}

/// Any good orders of so many clients.
fn any_orders(clients: RangeInclusive<usize>) -> impl Strategy<Value = Orders> {
    any_of(1..=5, 1..=3_u32, clients)
}

fn good_and_bad_orders(clients: RangeInclusive<usize>) -> impl Strategy<Value = Orders> {
    any_of(
        1..=5,
        prop_oneof![3 => 1..=3_u32, 1 => bad_order()],
        clients,
    )
}

fn bad_orders() -> impl Strategy<Value = Orders> {
    any_of(1..=99, bad_order(), 1..=3)
}

fn any_of(
    bottles: RangeInclusive<u32>,
    wanted: impl Strategy<Value = u32>,
    clients: RangeInclusive<usize>,
) -> impl Strategy<Value = Orders> {
    let wanted = proptest::collection::vec(wanted, clients);
    (bottles, wanted).prop_map(|(bottles, wanted)| Orders { bottles, wanted })
}

fn bad_order() -> impl Strategy<Value = u32> {
    prop_oneof![
        Just(0),
        100..=u32::from(u8::MAX),
        // What a smaller type makes a good order of.
        GOOD_ORDERS.prop_map(|good| (1 << 8) + good),
        GOOD_ORDERS.prop_map(|good| (1 << 16) + good),
        Just(u32::MAX),
    ]
}

/// What every stock promises, from the simplest to the most demanding.
pub fn checks<S: Stock>() -> Vec<Check> {
    checks_of(|bottles, close| Arc::new(S::new(bottles, close)))
}

/// Makes a stock.
type Make = fn(u32, Close) -> Arc<dyn AnyStock>;

/// A stock of whatever type: so the checks are compiled once for all of them.
trait AnyStock: Send + Sync {
    fn serve(&self, client: &mut dyn Client);
}

impl<S: Stock> AnyStock for S {
    fn serve(&self, client: &mut dyn Client) {
        Stock::serve(self, client);
    }
}
