//! What the checks of `stock` run in which somebody is slow on purpose.

use super::orders::Orders;
use super::scenarios::{Make, at_once};
use super::visitor::{Answer, Visitor};
use crate::curriculum::signs::{await_signs, signal};
use crate::explore::scenario::Scenario;
use crate::sync::channel;
use crate::sync::time::{Duration, Instant};
use crate::told_later;
use std::sync::{Arc, OnceLock};

pub(super) fn a_silent_client_holds_up_nobody(make: Make, orders: &Orders) -> Scenario {
    let (sign, signs) = channel::unbounded();
    let closed = sign.clone();
    let close = move || signal(&closed);
    let stock = make(orders.bottles, Box::new(close));
    let others = orders.wanted.len();
    let scenario = at_once(&stock, orders, |visitor, _| {
        let sign = sign.clone();
        visitor.before_answer(move |_| signal(&sign))
    });
    let expected = others + usize::from(orders.is_sold_out());
    scenario.thread("silent", move || {
        let visitor = Visitor::new(None);
        visitor
            .before_order(move || await_signs(&signs, expected))
            .visit(&*stock);
    })
}

/// The first client is the slow one.
pub(super) fn a_slow_client_holds_up_nobody(make: Make, orders: &Orders) -> Scenario {
    let (sign, signs) = channel::unbounded();
    let stock = make(orders.bottles, Box::new(|| ()));
    let others = orders.others();
    at_once(&stock, orders, |visitor, number| {
        let (sign, signs) = (sign.clone(), signs.clone());
        visitor.before_answer(move |_| match number {
            0 => await_signs(&signs, others),
            _ => signal(&sign),
        })
    })
}

/// The first client is slow if it is refused: for a bad order, or since it comes too late.
pub(super) fn a_refused_client_holds_up_nobody(make: Make, orders: &Orders) -> Scenario {
    let (sign, signs) = channel::unbounded();
    let closed = sign.clone();
    let close = move || signal(&closed);
    let stock = make(orders.bottles, Box::new(close));
    let expected = orders.others() + usize::from(orders.is_sold_out_without_the_first());
    at_once(&stock, orders, |visitor, number| {
        let (sign, signs) = (sign.clone(), signs.clone());
        visitor.before_answer(move |answer| match (number, answer) {
            (0, Answer::Refusal) => await_signs(&signs, expected),
            (0, Answer::Delivery(_)) => (),
            _ => signal(&sign),
        })
    })
}

/// Who waits for as long does not wait for a lock, or between two looks at one.
const LONG: Duration = Duration::from_millis(500);

/// The first client is slow. The other one comes meanwhile, so that nobody else is in its way.
///
/// That it is served without a wait must be possible, and no more than that: the clock also moves
/// when timers go off that have nothing to do with it.
pub(super) fn a_slow_client_costs_no_time(make: Make, orders: &Orders) -> Scenario {
    let (begin, begun) = channel::unbounded();
    let (sign, signs) = channel::unbounded();
    let stock = make(orders.bottles, Box::new(|| ()));
    let others = orders.others();
    // Not of `kata::sync`: what the check notes down is nobody's operation.
    let waits: Arc<[OnceLock<Duration>]> = (0..=others).map(|_| OnceLock::new()).collect();
    let scenario = at_once(&stock, orders, |visitor, number| {
        let (begin, begun) = (begin.clone(), begun.clone());
        let (sign, signs) = (sign.clone(), signs.clone());
        if number == 0 {
            return visitor.before_answer(move |_| {
                (0..others).for_each(|_| signal(&begin));
                await_signs(&signs, others);
            });
        }
        let (waits, ordered) = (Arc::clone(&waits), Arc::new(OnceLock::new()));
        let start = Arc::clone(&ordered);
        let visitor = visitor.before_order(move || {
            await_signs(&begun, 1);
            let _ = start.set(Instant::now());
        });
        visitor.before_answer(move |_| {
            // Each client has a place of its own, which it fills once.
            let _ = waits[number].set(ordered.get().map_or(Duration::ZERO, Instant::elapsed));
            signal(&sign);
        })
    });
    scenario.sometimes(
        told_later!("the others are served within half a second"),
        move || {
            waits
                .iter()
                .flat_map(OnceLock::get)
                .all(|wait| *wait < LONG)
        },
    )
}
