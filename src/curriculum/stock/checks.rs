//! The checks of `stock`, from the simplest to the most demanding.

mod orders;
mod scenarios;
mod sessions;
mod slow;
mod visitor;

use super::contract::{GOOD_ORDERS, Stock};
use crate::explore::check::Check;
use crate::text;
use crate::told_later;
use orders::Orders;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use scenarios::Make;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What every stock promises, from the simplest to the most demanding.
pub fn checks<S: Stock>() -> Vec<Check> {
    checks_of(|bottles, close| Arc::new(S::new(bottles, close)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "each_order_gets_what_is_left",
            told_later!("One after the other, each order gets what it asks for, or what is left of it."),
            Orders::in_words,
            any_orders(1..=4),
            orders([
                (1, &[1, 1]),
                (3, &[2, 2, 1]),
                (9, &[2]),
                (300, &[99, 99, 99, 99]),
                (70_000, &[1, 99]),
                (u32::MAX, &[1]),
            ]),
            orders([(1, &[1, 1]), (3, &[2, 2, 1])]),
            move |orders| scenarios::each_order_gets_what_is_left(make, orders),
        )
        .growing(Orders::larger),
        Check::told(
            "a_bad_order_changes_nothing",
            told_later!("An order of 0, of 100 or more, or none at all is refused; the stock stays as it is."),
            Orders::in_words,
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
        )
        .growing(Orders::larger_and_bad),
        Check::told(
            "no_bottle_is_sold_twice",
            told_later!("Orders that come at the same time are served as if they came one after the other."),
            Orders::in_words,
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
        )
        .growing(Orders::larger),
        Check::told(
            "closes_once_when_all_is_handed_over",
            told_later!("When the last bottle is handed over, and not before, the server is closed, once."),
            Orders::in_words,
            any_orders(1..=3),
            orders([(1, &[1, 1]), (2, &[1, 1])]),
            orders([(1, &[1, 1]), (2, &[1, 1])]),
            move |orders| scenarios::closes_once_when_all_is_handed_over(make, orders),
        )
        .growing(Orders::larger),
        Check::told(
            "a_silent_client_holds_up_nobody",
            told_later!("While one client says nothing, the others are served, and the server is closed."),
            |orders| [orders.in_words(), text!("a silent client").to_owned()].join(text!("; ")),
            any_orders(1..=2),
            orders([(2, &[1]), (1, &[1])]),
            orders([(2, &[1]), (1, &[1])]),
            move |orders| slow::a_silent_client_holds_up_nobody(make, orders),
        )
        .growing(Orders::larger),
        Check::told(
            "a_slow_client_holds_up_nobody",
            told_later!("While one client takes its time over the answer, the others get theirs."),
            Orders::in_words,
            any_orders(2..=3),
            orders([(1, &[1, 1])]),
            orders([(1, &[1, 1])]),
            move |orders| slow::a_slow_client_holds_up_nobody(make, orders),
        )
        .growing(Orders::larger),
        Check::told(
            "a_refused_client_holds_up_nobody",
            told_later!("While one client takes its time to be refused, the others are served, and the \
             server is closed."),
            Orders::in_words,
            good_and_bad_orders(2..=3),
            orders([(1, &[0, 1]), (1, &[1, 1])]),
            orders([(1, &[0, 1]), (1, &[1, 1])]),
            move |orders| slow::a_refused_client_holds_up_nobody(make, orders),
        )
        .growing(Orders::larger),
        Check::told(
            "a_slow_client_costs_no_time",
            told_later!("While one client takes its time, another is served at once, not a second later."),
            Orders::in_words,
            any_orders(2..=2),
            orders([(2, &[1, 1])]),
            orders([(2, &[1, 1])]),
            move |orders| slow::a_slow_client_costs_no_time(make, orders),
        )
        .growing(Orders::larger),
        sessions::check(make),
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
