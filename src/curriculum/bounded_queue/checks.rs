//! The checks of `bounded_queue`, from the simplest to the most demanding.

mod calls;
mod closing;
mod sessions;
mod traffic;

use super::contract::{BoundedQueue, Item};
use crate::curriculum::seen::must_be_seen;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicBool, AtomicI64, AtomicU64};
use crate::told_later;
use crate::{noun, text};
use calls::{Make, get, put};
use proptest::prelude::*;
use std::num::NonZeroU16;
use std::sync::Arc;
use traffic::Traffic;

/// What every queue promises, from the simplest to the most demanding.
pub fn checks<Q: BoundedQueue<Item>>() -> Vec<Check> {
    checks_of(|capacity| Arc::new(Q::new(capacity)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let few = || small_number(3);
    let one_or_two = || listed(&["1", "2"]);
    vec![
        Check::told(
            "first_in_first_out",
            told_later!("As many items as there is room for go in, and come out in the same order."),
            room_in_words,
            few(),
            listed(&["1", "2", "3"]),
            one_or_two(),
            move |capacity| first_in_first_out(make, capacity),
        )
        .growing(next)
        .with_long_runs(["65535"]),
        Check::told(
            "closed_is_closed",
            told_later!("Once it is closed nothing goes in; what is in still comes out, and then `None`."),
            room_in_words,
            few(),
            one_or_two(),
            one_or_two(),
            move |capacity| closing::closed_is_closed(make, capacity),
        )
        .growing(next),
        Check::told(
            "puts_keep_their_order",
            told_later!("What was put before another thread began to put comes out before that one's item."),
            |more| producers(more).in_words(noun!("producer"), noun!("put")),
            few(),
            one_or_two(),
            listed(&["1"]),
            move |more| puts_keep_their_order(make, more),
        )
        .growing(next),
        Check::told(
            "everything_comes_out_once",
            told_later!("All that is put comes out, each item once, and nobody waits for ever."),
            Traffic::in_words,
            Traffic::balanced(),
            listed(&[
                "1/1,room1",
                "2/2,room1",
                "2/1+1,room1",
                "2/1+1,room2",
                "1+1/2,room1",
                "1+1/1+1,room1",
            ]),
            listed(&["1/1,room1", "2/2,room1", "1+1/2,room1"]),
            move |traffic| everything_comes_out_once(make, traffic),
        )
        .growing(Traffic::larger)
        .with_long_runs(["40000+30000/40000+30000,room300"]),
        Check::told(
            "capacity_is_respected",
            told_later!("There are never more items in the queue than there is room for."),
            Traffic::in_words,
            Traffic::filling(),
            listed(&["2/1,room1", "1+1/1,room1", "3/1,room2", "4/1,room3"]),
            listed(&["2/1,room1", "1+1/1,room1"]),
            move |traffic| capacity_is_respected(make, traffic),
        )
        .growing(Traffic::fuller),
        Check::told(
            "close_ends_every_get",
            told_later!("Closing an empty queue ends the wait of all who wait for an item."),
            closing::consumers_in_words,
            few(),
            one_or_two(),
            one_or_two(),
            move |threads| closing::close_ends_every_get(make, threads),
        )
        .growing(next),
        Check::told(
            "close_ends_every_put",
            told_later!("Closing a full queue ends the wait of all who wait for room, and gives the items back."),
            closing::producers_in_words,
            few(),
            one_or_two(),
            one_or_two(),
            move |threads| closing::close_ends_every_put(make, threads),
        )
        .growing(next),
        Check::told(
            "what_is_left_comes_out_once",
            told_later!("What is left in a closed queue comes out, each item once, whoever gets it."),
            closing::left_in_words,
            few(),
            one_or_two(),
            listed(&["1"]),
            move |items| closing::what_is_left_comes_out_once(make, items),
        )
        .growing(next),
        Check::told(
            "what_went_in_comes_out",
            told_later!("While the queue is being closed, an item comes out if `put` has said that it is in."),
            closing::puts_in_words,
            few(),
            one_or_two(),
            listed(&["1"]),
            move |puts| closing::what_went_in_comes_out(make, puts),
        )
        .growing(next),
        sessions::check(make),
    ]
}

fn number(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("at least one")
}

fn room_in_words(capacity: &NonZeroU16) -> String {
    text!("room for {items}", items = counted(capacity.get(), "item"))
}

fn small_number(most: u16) -> impl Strategy<Value = NonZeroU16> {
    (1..=most).prop_map(number)
}

/// Gets what must be the first producer's item of this number.
fn comes_next(queue: &dyn BoundedQueue<Item>, number: u64) {
    let item = get(queue);
    assert!(
        item == Item::new(1, number),
        "{}",
        text!(
            "item {next} should be next, and {number} came out",
            next = number,
            number = item.number
        )
    );
}

fn first_in_first_out(make: Make, capacity: &NonZeroU16) -> Scenario {
    let capacity = u64::from(capacity.get());
    let (queue, other) = (make(capacity as usize), make(1));
    Scenario::new().thread("user", move || {
        put(&*other, Item::new(2, 1));
        // Twice, so that a ring goes round, unless it is so large that this would take long.
        let rounds = if capacity > 100 { 1 } else { 2 };
        for first in (0..rounds).map(|round| round * capacity + 1) {
            let numbers = first..first + capacity;
            for number in numbers.clone() {
                must_be_seen("put", || put(&*queue, Item::new(1, number)));
            }
            numbers.for_each(|number| comes_next(&*queue, number));
        }
        if rounds == 2 {
            keeps_the_order_half_full(&*queue, capacity);
        }
        let item = get(&*other);
        assert!(
            item == Item::new(2, 1),
            "{}",
            text!("it came from another queue")
        );
    })
}

/// Gets once before the last put, so that nothing can be turned over in between.
fn keeps_the_order_half_full(queue: &dyn BoundedQueue<Item>, capacity: u64) {
    let first = 2 * capacity + 1;
    (first..first + capacity).for_each(|number| put(queue, Item::new(1, number)));
    comes_next(queue, first);
    put(queue, Item::new(1, first + capacity));
    (first + 1..=first + capacity).for_each(|number| comes_next(queue, number));
}

/// The first producer puts so many items and one more, the second one.
fn producers(more: &NonZeroU16) -> PerThread {
    PerThread::new([more.get().saturating_add(1), 1])
}

/// There is room for all.
fn puts_keep_their_order(make: Make, more: &NonZeroU16) -> Scenario {
    let puts = producers(more).total() - 1;
    let queue = make(puts as usize + 1);
    let is_in = Arc::new(AtomicBool::new(false));
    let after = Arc::new(AtomicU64::new(puts + 1));
    let (first, second) = (Arc::clone(&queue), Arc::clone(&queue));
    let (looks, says) = (Arc::clone(&is_in), is_in);
    let notes = Arc::clone(&after);
    Scenario::new()
        .thread("producer-1", move || {
            for number in 1..=puts {
                // From this one on (so far none) producer-2's was in before. Acquire pairs with its Release.
                if looks.load(Acquire) {
                    // Relaxed, here and in the end: by then the threads have ended.
                    notes.fetch_min(number, Relaxed);
                }
                put(&*first, Item::new(1, number));
            }
        })
        .thread("producer-2", move || {
            put(&*second, Item::new(2, 1));
            // Release pairs with the Acquire above.
            says.store(true, Release);
        })
        .finally(move || {
            let after = after.load(Relaxed);
            let mut has_come = false;
            let mut next = 1;
            for _ in 0..=puts {
                let Item { producer, number } = get(&*queue);
                if producer == 2 {
                    has_come = true;
                    continue;
                }
                assert!(
                    number == next,
                    "{}", text!("item {next} should be next, and {number} came out", next, number)
                );
                assert!(
                    has_come || number < after,
                    "{}", text!("item {number} of producer-1 came out, and producer-2's, which was in before, did not", number)
                );
                next += 1;
            }
        })
}

fn capacity_is_respected(make: Make, traffic: &Traffic) -> Scenario {
    let room = i64::from(traffic.room.get());
    let queue = make(room as usize);
    // Puts that have returned, less the gets that have begun: so many are in the queue, or more.
    let inside = Arc::new(AtomicI64::new(0));
    let mut scenario = Scenario::new();
    for (producer, (name, puts)) in (1..).zip(traffic.puts.threads("producer")) {
        let (queue, inside) = (Arc::clone(&queue), Arc::clone(&inside));
        scenario = scenario.thread(name, move || {
            for number in 1..=puts {
                put(&*queue, Item::new(producer, number));
                // Relaxed, here and below: the changes of one atomic have one order, which keeps to
                // what happens before.
                let inside = inside.fetch_add(1, Relaxed) + 1;
                assert!(
                    inside <= room,
                    "{}",
                    text!(
                        "{inside} items are in the queue, and there is room for {room}",
                        inside,
                        room
                    )
                );
            }
        });
    }
    for (name, gets) in traffic.gets.threads("consumer") {
        let (queue, inside) = (Arc::clone(&queue), Arc::clone(&inside));
        scenario = scenario.thread(name, move || {
            for _ in 0..gets {
                inside.fetch_sub(1, Relaxed);
                get(&*queue);
            }
        });
    }
    scenario
}

fn everything_comes_out_once(make: Make, traffic: &Traffic) -> Scenario {
    let queue = make(traffic.room.get().into());
    let mut scenario = Scenario::new();
    for (producer, (name, puts)) in (1..).zip(traffic.puts.threads("producer")) {
        let queue = Arc::clone(&queue);
        scenario = scenario.thread(name, move || {
            (1..=puts).for_each(|number| put(&*queue, Item::new(producer, number)));
        });
    }
    let producers = traffic.puts.threads("producer").count();
    for (name, gets) in traffic.gets.threads("consumer") {
        let queue = Arc::clone(&queue);
        scenario = scenario.thread(name, move || take_in_order(&*queue, gets, producers));
    }
    scenario
}

/// What one thread gets of a producer's items must come in the order in which that one put them.
fn take_in_order(queue: &dyn BoundedQueue<Item>, gets: u64, producers: usize) {
    let mut latest = vec![0; producers];
    for _ in 0..gets {
        let Item { producer, number } = get(queue);
        let latest = &mut latest[producer as usize - 1];
        assert!(
            number > *latest,
            "{}",
            text!(
                "item {number} of producer-{producer} came out after its item {latest}",
                number,
                producer,
                latest
            )
        );
        *latest = number;
    }
}
