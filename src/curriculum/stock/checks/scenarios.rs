//! What the checks of `stock` run.

use super::orders::{Orders, is_good};
use super::visitor::{Answer, Visitor};
use crate::curriculum::seen::Operations;
use crate::curriculum::stock::contract::{Close, Delivery, Stock};
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text;
use std::sync::{Arc, OnceLock};

/// Makes a stock.
pub(super) type Make = fn(u32, Close) -> Arc<dyn Stock>;

pub(super) fn each_order_gets_what_is_left(make: Make, orders: &Orders) -> Scenario {
    let (bottles, orders) = (orders.bottles, orders.clone());
    Scenario::new().thread("clients", move || {
        let closings = Arc::new(AtomicU32::new(0));
        let stock = make(bottles, count_in(&closings));
        let mut left = bottles;
        for (_, wanted) in orders.clients() {
            let before = Operations::now();
            let answer = Visitor::new(Some(wanted)).visit(&*stock);
            left = expect_right(left, wanted, answer);
            // That nothing is left has to be looked at as well.
            before.must_be_followed_by_more_than(0, "serve");
            let closings = closings.load(Relaxed);
            assert!(
                closings == u32::from(left == 0),
                "{}",
                text!(
                    "with {left} left, the server was closed {closings} times",
                    left,
                    closings
                )
            );
        }
    })
}

fn count_in(closings: &Arc<AtomicU32>) -> Close {
    let closings = Arc::clone(closings);
    Box::new(move || {
        closings.fetch_add(1, Relaxed);
    })
}

/// Checks the answer to an order that finds so many bottles; returns how many are left.
fn expect_right(found: u32, wanted: u32, answer: Answer) -> u32 {
    let bottles = wanted.min(found);
    let left = found - bottles;
    match answer {
        Answer::Delivery(delivery) if found > 0 => assert!(
            delivery == Delivery { bottles, left },
            "{}",
            text!(
                "with {found} left, an order of {wanted} got {bottles}, and {left} were said to be left",
                found,
                wanted,
                bottles = delivery.bottles,
                left = delivery.left
            )
        ),
        Answer::Delivery(delivery) => panic!(
            "{}",
            text!(
                "the stock was empty, and an order of {wanted} got {bottles}",
                wanted,
                bottles = delivery.bottles
            )
        ),
        Answer::Refusal => assert!(
            found == 0,
            "{}",
            text!(
                "with {found} left, an order of {wanted} was refused",
                found,
                wanted
            )
        ),
    }
    left
}

pub(super) fn a_bad_order_changes_nothing(make: Make, orders: &Orders) -> Scenario {
    let (bottles, orders) = (orders.bottles, orders.clone());
    Scenario::new().thread("clients", move || {
        let closings = Arc::new(AtomicU32::new(0));
        let stock = make(bottles, count_in(&closings));
        let bad = orders.clients().map(|(_, wanted)| Some(wanted));
        for wanted in bad.chain([None]) {
            let answer = Visitor::new(wanted).visit(&*stock);
            let what = expect_refusal(wanted, answer);
            assert!(
                closings.load(Relaxed) == 0,
                "{}",
                text!("{what} was refused, and the server was closed", what)
            );
        }
        expect_right(bottles, bottles, Visitor::new(Some(bottles)).visit(&*stock));
    })
}

/// Checks the answer to a bad order; returns what it is called.
fn expect_refusal(wanted: Option<u32>, answer: Answer) -> String {
    let what = match wanted {
        Some(wanted) => text!("an order of {wanted}", wanted),
        None => text!("a client that ordered nothing").to_owned(),
    };
    assert!(
        matches!(answer, Answer::Refusal),
        "{}",
        text!(
            "{what} was not refused, but got {answer}",
            what,
            answer = format!("{answer:?}")
        )
    );
    what
}

pub(super) fn no_bottle_is_sold_twice(make: Make, orders: &Orders) -> Scenario {
    let stock = make(orders.bottles, Box::new(|| ()));
    at_once(&stock, orders, |visitor, _| visitor)
}

/// All the clients come at the same time, prepared as `prepare` says; in the end their answers
/// are checked.
pub(super) fn at_once(
    stock: &Arc<dyn Stock>,
    orders: &Orders,
    prepare: impl Fn(Visitor, usize) -> Visitor,
) -> Scenario {
    let clients: Vec<(String, u32)> = orders.clients().collect();
    // Not of `kata::sync`: what the check notes down is nobody's operation.
    let answers: Arc<[OnceLock<Answer>]> = clients.iter().map(|_| OnceLock::new()).collect();
    let mut scenario = Scenario::new();
    let mut wants = Vec::new();
    for (number, (name, wanted)) in clients.into_iter().enumerate() {
        wants.push(wanted);
        let (stock, answers) = (Arc::clone(stock), Arc::clone(&answers));
        let visitor = prepare(Visitor::new(Some(wanted)), number);
        scenario = scenario.thread(name, move || {
            let answer = visitor.visit(&*stock);
            // Each thread has a place of its own, which it fills once.
            let _ = answers[number].set(answer);
        });
    }
    let bottles = orders.bottles;
    scenario.finally(move || {
        let answers = answers.iter().filter_map(|answer| answer.get().copied());
        expect_one_after_the_other(bottles, wants.into_iter().zip(answers).collect());
    })
}

/// Checks that there is an order in which the answers are right.
fn expect_one_after_the_other(bottles: u32, mut answers: Vec<(u32, Answer)>) {
    let delivered = |answer: &Answer| match answer {
        Answer::Delivery(delivery) => u64::from(delivery.bottles),
        Answer::Refusal => 0,
    };
    let total: u64 = answers.iter().map(|(_, answer)| delivered(answer)).sum();
    assert!(
        total <= bottles.into(),
        "{}",
        text!(
            "of a stock of {bottles}, {total} bottles were delivered",
            bottles,
            total
        )
    );
    // What is left falls with each delivery; the refusals come after that.
    answers.sort_by_key(|(_, answer)| match answer {
        Answer::Delivery(delivery) => (false, u32::MAX - delivery.left),
        Answer::Refusal => (true, 0),
    });
    let mut left = bottles;
    for (wanted, answer) in answers {
        if is_good(wanted) {
            left = expect_right(left, wanted, answer);
        } else {
            expect_refusal(Some(wanted), answer);
        }
    }
}

pub(super) fn closes_once_when_all_is_handed_over(make: Make, orders: &Orders) -> Scenario {
    let handed_over = Arc::new(AtomicU32::new(0));
    let is_closed = Arc::new(OnceLock::new());
    let (bottles, total, closed) = (orders.bottles, handed_over.clone(), is_closed.clone());
    let close = move || {
        // Relaxed, here and below: it is for the stock to order what it calls.
        let total = total.load(Relaxed);
        assert!(
            total == bottles,
            "{}",
            text!(
                "the server is closed, with {total} of {bottles} bottles handed over",
                total,
                bottles
            )
        );
        let is_first = closed.set(()).is_ok();
        assert!(is_first, "{}", text!("the server is closed a second time"));
    };
    let stock = make(bottles, Box::new(close));
    let is_sold_out = orders.is_sold_out();
    let scenario = at_once(&stock, orders, |visitor, _| {
        // A delivery is a step: between taking and handing over, others can come.
        let handed_over = Arc::clone(&handed_over);
        visitor.before_answer(move |answer| {
            if let Answer::Delivery(delivery) = answer {
                handed_over.fetch_add(delivery.bottles, Relaxed);
            }
        })
    });
    // In the place of the account: that is another check.
    scenario.finally(move || {
        assert!(
            is_closed.get().is_some() || !is_sold_out,
            "{}",
            text!("the last bottle was handed over, and the server was not closed")
        );
    })
}
