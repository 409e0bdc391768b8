//! Sessions of a counter: who adds and who asks, in any order.
//!
//! A counter need not be linearizable: two who ask while others add may be told of different ones. What
//! each is told for itself must be explained by some order of the calls. So it is judged for itself,
//! together with all increments: in the terms of Rinberg and Keidar, *Intermediate Value
//! Linearizability* (2020), it lies between what had been added when the call began and what had been
//! begun when it returned.

use super::{Make, increment};
use crate::curriculum::counter::contract::Counter;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::judge::{Grammar, Model, Recorder, Words};
use crate::text;
use crate::told_later;
use std::fmt;
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Increment,
    Value,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Call::Increment => "increment",
            Call::Value => "value",
        })
    }
}

/// What is told of the count; an increment tells nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Told(Option<u64>);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str(text!("done")),
        }
    }
}

/// The count, and what one call after the other does with it.
type Count = Model<u64, Call, Told>;

fn count() -> Count {
    Model::new(0, |count, call| {
        Some(Told(match call {
            Call::Increment => {
                *count += 1;
                None
            }
            Call::Value => Some(*count),
        }))
    })
}

/// Whatever threads add and ask, each answer is a count that there was.
pub(super) fn check(make: Make) -> Check {
    let grammar = Grammar::new().call(Call::Increment).call(Call::Value);
    let calls = grammar.calls();
    let told = grammar.clone();
    Check::told(
        "every_answer_was_the_count",
        told_later!(
            "Who asks is told all that had been added before, and nothing that had not been begun."
        ),
        move |words: &Words| told.session(words).to_string(),
        Words::any(3, 3, calls),
        (0..calls).map(Words::one),
        (0..calls).map(Words::one),
        move |words| scenario(make, &grammar.session(words).calls()),
    )
    .growing(move |words: &Words| words.larger(calls))
}

fn scenario(make: Make, threads: &[Vec<Call>]) -> Scenario {
    let counter = make();
    let asks = |calls: &[Call]| calls.iter().filter(|call| **call == Call::Value).count();
    let judges: Vec<Recorder<Count>> = (0..asks(&threads.concat()))
        .map(|_| Recorder::new(count()))
        .collect();
    let judged = |scenario, judge: &Recorder<Count>| judge.judge(scenario);
    let mut scenario = judges.iter().fold(Scenario::new(), judged);
    let mut left = &judges[..];
    for (number, calls) in (1..).zip(threads) {
        let own;
        (own, left) = left.split_at(asks(calls));
        let (own, all, calls) = (own.to_vec(), judges.clone(), calls.clone());
        let counter = Arc::clone(&counter);
        scenario = scenario.thread(format!("thread-{number}"), move || {
            let (mut own, mut before) = (own.iter(), 0);
            for call in calls {
                match call {
                    Call::Increment => add(&*counter, &all),
                    Call::Value => before = ask(&*counter, own.next(), before),
                }
            }
        });
    }
    scenario
}

/// Adds, which every judge is told.
fn add(counter: &dyn Counter, judges: &[Recorder<Count>]) {
    match judges.split_first() {
        None => increment(counter),
        Some((judge, others)) => {
            judge.call(Call::Increment, || {
                add(counter, others);
                Told(None)
            });
        }
    }
}

/// Asks, which one judge is told; the thread has been told `before` that it was so much.
fn ask(counter: &dyn Counter, judge: Option<&Recorder<Count>>, before: u64) -> u64 {
    let judge = judge.expect("there is a judge for each who asks");
    let Told(value) = judge.call(Call::Value, || Told(Some(counter.value())));
    let value = value.unwrap_or_default();
    assert!(
        value >= before,
        "{}",
        text!("it has read {before}, and now {value}", before, value)
    );
    value
}
