//! Sessions of a stock: threads that serve one client after the other, in any order.

use super::orders::is_good;
use super::scenarios::Make;
use super::visitor::{Answer, Visitor};
use crate::curriculum::stock::contract::Delivery;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{joined, list, list_of, listed, not_a_workload};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::judge::{Model, Recorder, Session};
use crate::text;
use crate::told_later;
use proptest::prelude::*;
use proptest::sample::Index;
use std::fmt;
use std::str::FromStr;

/// An order of so many bottles.
#[derive(Clone)]
struct Order(u32);

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "serve({})", self.0)
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Told {
    Delivery { bottles: u32, left: u32 },
    Refusal,
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Told::Delivery { bottles, left } => {
                f.write_str(&text!("{bottles}, with {left} left", bottles, left))
            }
            Told::Refusal => f.write_str(text!("refused")),
        }
    }
}

/// What one order after the other comes to.
fn stock(bottles: u32) -> Model<u32, Order, Told> {
    Model::new(bottles, |left, &Order(wanted)| {
        let bottles = wanted.min(*left);
        if bottles == 0 || !is_good(wanted) {
            return Some(Told::Refusal);
        }
        *left -= bottles;
        let left = *left;
        Some(Told::Delivery { bottles, left })
    })
}

/// How many bottles there are, and what the clients of each thread want: `3/1.2+2`.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Sessions {
    bottles: u32,
    threads: Vec<Vec<u32>>,
}

/// What a client may want: little, or nothing.
const WANTED: [u32; 3] = [1, 2, 0];

impl Sessions {
    fn in_words(&self) -> String {
        let orders = |orders: &Vec<u32>| orders.iter().copied().map(Wanted).collect();
        let session = Session::of(self.threads.iter().map(orders).collect::<Vec<Vec<_>>>());
        [counted(self.bottles, "bottle"), session.to_string()].join(text!("; "))
    }

    /// Those with a bottle more, or with one more order, of a thread or of another one.
    fn larger(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for wanted in WANTED {
            for thread in 0..=self.threads.len() {
                let mut threads = self.threads.clone();
                match threads.get_mut(thread) {
                    Some(orders) => orders.push(wanted),
                    None => threads.push(vec![wanted]),
                }
                // Threads are all alike.
                threads.sort_unstable();
                let bottles = self.bottles;
                all.push(Sessions { bottles, threads });
            }
        }
        let bottles = self.bottles.checked_add(1);
        let threads = || self.threads.clone();
        let roomier = bottles.map(|bottles| Sessions {
            bottles,
            threads: threads(),
        });
        all.extend(roomier);
        all.dedup();
        all
    }
}

/// An order, in words.
#[derive(Clone)]
struct Wanted(u32);

impl fmt::Debug for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.0, "bottle"))
    }
}

impl fmt::Display for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let threads = self.threads.iter().map(|orders| joined(orders, "."));
        write!(f, "{}/{}", self.bottles, joined(threads, "+"))
    }
}

impl FromStr for Sessions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let (bottles, threads) = text.split_once('/')?;
            let bottles = bottles.parse().ok().filter(|&bottles| bottles > 0)?;
            let threads = list_of(threads, '+', |orders| list(orders, '.'))?;
            Some(Sessions { bottles, threads })
        };
        parsed().ok_or_else(|| {
            not_a_workload(text, text!("a stock and each thread's orders"), "3/1.2+2")
        })
    }
}

/// Whoever orders, it is as if one order came after the other.
pub(super) fn check(make: Make) -> Check {
    let generated = proptest::collection::vec(any::<Index>(), 0..8).prop_map(move |steps| {
        let grow = |session: Sessions, step: Index| step.get(&session.larger()).clone();
        let small = listed(&["1/1"]).swap_remove(0);
        steps.into_iter().fold(small, grow)
    });
    Check::told(
        "every_session_has_an_order",
        told_later!("Whoever orders, and whenever: it is as if one order came after the other."),
        Sessions::in_words,
        generated,
        listed(&["1/1", "2/1+1", "300/99.99.99.99"]),
        listed(&["1/1", "2/1+1"]),
        move |session| scenario(make, session),
    )
    .growing(Sessions::larger)
}

fn scenario(make: Make, session: &Sessions) -> Scenario {
    let recorder = Recorder::new(stock(session.bottles));
    let stock = make(session.bottles, Box::new(|| ()));
    let mut scenario = Scenario::new();
    for (number, orders) in (1..).zip(session.threads.clone()) {
        let (stock, recorder) = (stock.clone(), recorder.clone());
        scenario = scenario.thread(format!("thread-{number}"), move || {
            for wanted in orders {
                let visitor = Visitor::new(Some(wanted));
                recorder.call(Order(wanted), || match visitor.visit(&*stock) {
                    Answer::Delivery(Delivery { bottles, left }) => {
                        Told::Delivery { bottles, left }
                    }
                    Answer::Refusal => Told::Refusal,
                });
            }
        });
    }
    recorder.judge(scenario)
}
