//! The checks of `counter`, from the simplest to the most demanding.

mod sessions;

use super::contract::Counter;
use crate::curriculum::seen::{called, must_be_seen};
use crate::curriculum::words;
use crate::curriculum::workload::{PerThread, listed};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use crate::{noun, text, timeline};
use proptest::prelude::prop_oneof;
use std::sync::Arc;

/// Makes a counter.
type Make = fn() -> Arc<dyn Counter>;

/// What every counter promises, from the simplest to the most demanding.
pub fn checks<C: Counter>() -> Vec<Check> {
    checks_of(|| Arc::new(C::new()))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "counters_are_apart",
            told_later!("What is added to one counter does not count in another."),
            in_words,
            PerThread::any(1..=1, 1..=3),
            listed(&["1"]),
            listed(&["1"]),
            move |adders| counters_are_apart(make, adders),
        )
        .growing(alone_and_larger),
        Check::told(
            "one_increment_adds_one",
            told_later!("A new counter is at 0, and every increment adds exactly one."),
            in_words,
            // Now and then more than fit a byte.
            prop_oneof![
                30 => PerThread::any(1..=1, 0..=4),
                1 => PerThread::any(1..=1, 300..=300),
            ],
            listed(&["1", "2"]),
            listed(&["1"]),
            move |adders| one_increment_adds_one(make, adders),
        )
        .growing(alone_and_larger),
        Check::told(
            "no_update_is_lost",
            told_later!("Once all the threads have finished, every increment counts."),
            in_words,
            // Now and then so many that a limit of the solution's own shows.
            prop_oneof![
                15 => PerThread::any(1..=5, 0..=3),
                1 => PerThread::any(1..=1, 0..=100),
            ],
            listed(&["1+1", "2+1", "1+1+1", "3+1"]),
            listed(&["1+1", "2+1"]),
            move |adders| no_update_is_lost(make, adders),
        )
        .growing(PerThread::larger)
        .with_long_runs(["65535+65535+65535+65535"]),
        Check::told(
            "value_is_never_behind",
            told_later!("While others add, a thread never reads less than it has added."),
            in_words,
            prop_oneof![
                12 => PerThread::any(2..=5, 1..=3),
                3 => PerThread::any(2..=5, 0..=3),
                1 => PerThread::any(2..=2, 1..=20),
            ],
            listed(&["1+0", "1+1", "2+1"]),
            listed(&["1+1"]),
            move |adders| value_is_never_behind(make, adders),
        )
        .growing(PerThread::larger_after_the_first),
        Check::told(
            "value_never_goes_back",
            told_later!(
                "While others add, a thread that asks again is never told less than before."
            ),
            with_readers_in_words,
            PerThread::any(1..=2, 1..=3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |adders| value_never_goes_back(make, adders),
        )
        .growing(PerThread::larger),
        sessions::check(make),
    ]
}

/// One thread that adds once more.
fn alone_and_larger(adders: &PerThread) -> Vec<PerThread> {
    let more = u16::try_from(adders.total() + 1).ok();
    more.into_iter()
        .map(|times| PerThread::new([times]))
        .collect()
}

fn in_words(adders: &PerThread) -> String {
    adders.in_words(noun!("adder"), noun!("increment"))
}

fn with_readers_in_words(adders: &PerThread) -> String {
    let readers = adders.threads("reader").count();
    [in_words(adders), words::counted(readers, "reader")].join(text!("; "))
}

fn counters_are_apart(make: Make, adders: &PerThread) -> Scenario {
    let (counter, other) = (make(), make());
    alone(adders, move |times| {
        add(&*counter, times);
        // Without the number: a count that outlives the execution has another one every time.
        assert!(
            ask(&*other) == 0,
            "{}",
            text!("one counter was added to, and the value of another is not 0")
        );
    })
}

fn one_increment_adds_one(make: Make, adders: &PerThread) -> Scenario {
    let counter = make();
    alone(adders, move |times| {
        let value = ask(&*counter);
        assert!(
            value == 0,
            "{}",
            text!("the value of a new counter is {value}", value)
        );
        for done in 1..=times {
            increment(&*counter);
            let value = ask(&*counter);
            assert!(value == done, "{}", after(done, value));
        }
    })
}

fn no_update_is_lost(make: Make, adders: &PerThread) -> Scenario {
    let counter = make();
    let total = adders.total();
    let mut scenario = Scenario::new();
    for (name, times) in adders.threads("adder") {
        let counter = Arc::clone(&counter);
        scenario = scenario.thread(name, move || add(&*counter, times));
    }
    let in_the_end = Arc::clone(&counter);
    scenario
        .finally(move || {
            let value = ask(&*counter);
            assert!(value == total, "{}", after(total, value));
        })
        .outcome(move || text!("the value is {value}", value = in_the_end.value()))
}

/// The first thread looks after each increment of its own. Of the others, those that have nothing
/// to add look, too.
fn value_is_never_behind(make: Make, adders: &PerThread) -> Scenario {
    let counter = make();
    let total = adders.total();
    let mut scenario = Scenario::new();
    for (number, (name, times)) in adders.threads("adder").enumerate() {
        let counter = Arc::clone(&counter);
        scenario = scenario.thread(name, move || match number {
            0 => add_and_look(&*counter, times, total),
            _ if times == 0 => look(&*counter, 0, total),
            _ => add(&*counter, times),
        });
    }
    scenario
}

fn ask(counter: &dyn Counter) -> u64 {
    called("value", || counter.value())
}

fn add(counter: &dyn Counter, times: u64) {
    for _ in 0..times {
        increment(counter);
    }
}

fn increment(counter: &dyn Counter) {
    must_be_seen("increment", || counter.increment());
}

fn add_and_look(counter: &dyn Counter, times: u64, total: u64) {
    for own in 1..=times {
        increment(counter);
        look(counter, own, total);
    }
}

fn look(counter: &dyn Counter, own: u64, total: u64) {
    let value = ask(counter);
    assert!(
        value >= own,
        "{}",
        text!(
            "after {increments} of its own, it reads {value}",
            increments = timeline::counted(own, "increment"),
            value
        )
    );
    assert!(
        value <= total,
        "{}",
        text!(
            "it reads {value}, but there are only {total} increments",
            value,
            total
        )
    );
}

/// As many threads read as add: several where schedules are generated, one in the listed workloads,
/// which loops that give way can still be explored in.
fn value_never_goes_back(make: Make, adders: &PerThread) -> Scenario {
    let counter = make();
    let mut scenario = Scenario::new();
    for (adder, times) in adders.threads("adder") {
        let counter = Arc::clone(&counter);
        scenario = scenario.thread(adder, move || add(&*counter, times));
    }
    for (reader, _) in adders.threads("reader") {
        let counter = Arc::clone(&counter);
        scenario = scenario.thread(reader, move || {
            let before = ask(&*counter);
            let value = ask(&*counter);
            assert!(
                value >= before,
                "{}",
                text!("it has read {before}, and now {value}", before, value)
            );
        });
    }
    scenario
}

/// A scenario of one thread.
fn alone(adders: &PerThread, code: impl Fn(u64) + Send + 'static) -> Scenario {
    let scenario = Scenario::new();
    match adders.threads("adder").next() {
        Some((name, times)) => scenario.thread(name, move || code(times)),
        None => scenario,
    }
}

fn after(increments: u64, value: u64) -> String {
    text!(
        "after {increments} the value is {value}",
        increments = timeline::counted(increments, "increment"),
        value
    )
}
