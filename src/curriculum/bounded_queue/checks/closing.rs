//! What a bounded queue promises about its end.

use super::calls::{Make, put};
use crate::curriculum::bounded_queue::contract::{BoundedQueue, Item};
use crate::curriculum::seen::called;
use crate::curriculum::words::counted;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::Ordering::{Relaxed, SeqCst};
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::text;
use crate::texts::list;
use std::num::NonZeroU16;
use std::sync::Arc;

pub(super) fn closed_is_closed(make: Make, capacity: &NonZeroU16) -> Scenario {
    let capacity = u64::from(capacity.get());
    let (queue, other) = (make(capacity as usize), make(1));
    Scenario::new().thread("user", move || {
        (1..=capacity).for_each(|number| put(&*queue, Item::new(1, number)));
        called("close", || queue.close());
        refuses(&*queue);
        for number in 1..=capacity {
            let item = called("get", || queue.get());
            assert!(
                item == Some(Item::new(1, number)),
                "{}",
                text!(
                    "item {number} was in the closed queue, and `get` returned {item}",
                    number,
                    item = format!("{item:?}")
                )
            );
        }
        ends(&*queue);
        called("close", || queue.close());
        refuses(&*queue);
        ends(&*queue);
        put(&*other, Item::new(2, 1));
    })
}

fn refuses(queue: &dyn BoundedQueue<Item>) {
    let told = called("put", || queue.put(Item::new(1, 9)));
    let expected = Err(Item::new(1, 9));
    assert!(
        told == expected,
        "{}",
        text!(
            "the queue is closed, and `put` returned {told}",
            told = format!("{told:?}")
        )
    );
}

fn ends(queue: &dyn BoundedQueue<Item>) {
    let item = called("get", || queue.get());
    assert!(
        item.is_none(),
        "{}",
        text!(
            "the queue is closed and empty, and `get` returned {item}",
            item = format!("{item:?}")
        )
    );
}

/// To close a closed queue does nothing, also for two at once.
fn closers(threads: &NonZeroU16) -> u16 {
    threads.get().max(2) - 1
}

pub(super) fn consumers_in_words(threads: &NonZeroU16) -> String {
    list(&[
        counted(threads.get(), "consumer"),
        counted(closers(threads), "closer"),
    ])
}

pub(super) fn close_ends_every_get(make: Make, threads: &NonZeroU16) -> Scenario {
    let queue = make(1);
    let is_closing = Arc::new(AtomicBool::new(false));
    let mut scenario = Scenario::new();
    for number in 1..=threads.get() {
        let (queue, is_closing) = (Arc::clone(&queue), Arc::clone(&is_closing));
        scenario = scenario.thread(format!("consumer-{number}"), move || {
            let item = called("get", || queue.get());
            assert!(
                is_closing.load(SeqCst),
                "{}",
                text!(
                    "nobody has begun to close the queue, and `get` returned {item}",
                    item = format!("{item:?}")
                )
            );
            assert!(
                item.is_none(),
                "{}",
                text!(
                    "nobody has put anything, and `get` returned {item}",
                    item = format!("{item:?}")
                )
            );
        });
    }
    for number in 1..=closers(threads) {
        let (queue, is_closing) = (Arc::clone(&queue), Arc::clone(&is_closing));
        scenario = scenario.thread(format!("closer-{number}"), move || {
            is_closing.store(true, SeqCst);
            called("close", || queue.close());
        });
    }
    scenario
}

pub(super) fn producers_in_words(threads: &NonZeroU16) -> String {
    list(&[counted(threads.get(), "producer"), counted(1, "closer")])
}

pub(super) fn close_ends_every_put(make: Make, threads: &NonZeroU16) -> Scenario {
    let queue = make(1);
    put(&*queue, Item::new(9, 1));
    let mut scenario = Scenario::new();
    for producer in 1..=u64::from(threads.get()) {
        let queue = Arc::clone(&queue);
        scenario = scenario.thread(format!("producer-{producer}"), move || {
            let told = called("put", || queue.put(Item::new(producer, 1)));
            let expected = Err(Item::new(producer, 1));
            assert!(
                told == expected,
                "{}",
                text!(
                    "there was never any room, and `put` returned {told}",
                    told = format!("{told:?}")
                )
            );
        });
    }
    scenario.thread("closer", move || called("close", || queue.close()))
}

pub(super) fn left_in_words(items: &NonZeroU16) -> String {
    text!(
        "{items} left; {consumers}",
        items = counted(items.get(), "item"),
        consumers = counted(2, "consumer")
    )
}

pub(super) fn what_is_left_comes_out_once(make: Make, items: &NonZeroU16) -> Scenario {
    let items = u64::from(items.get());
    let queue = make(items as usize);
    (1..=items).for_each(|number| put(&*queue, Item::new(1, number)));
    called("close", || queue.close());
    let came_out = Arc::new(AtomicU64::new(0));
    let mut scenario = Scenario::new();
    for number in 1..=2 {
        let (queue, came_out) = (Arc::clone(&queue), Arc::clone(&came_out));
        scenario = scenario.thread(format!("consumer-{number}"), move || {
            while called("get", || queue.get()).is_some() {
                // Relaxed: it is read once the threads have ended.
                came_out.fetch_add(1, Relaxed);
            }
        });
    }
    scenario.finally(move || {
        let came_out = came_out.load(Relaxed);
        assert!(
            came_out == items,
            "{}",
            text!(
                "{items} were left in the closed queue, and {came_out} came out",
                items,
                came_out
            )
        );
    })
}

pub(super) fn puts_in_words(puts: &NonZeroU16) -> String {
    text!(
        "{producer}, {puts}; {others}",
        producer = counted(1, "producer"),
        puts = counted(puts.get(), "put"),
        others = list(&[counted(1, "consumer"), counted(1, "closer")])
    )
}

pub(super) fn what_went_in_comes_out(make: Make, puts: &NonZeroU16) -> Scenario {
    let puts = u64::from(puts.get());
    let queue = make(1);
    let (went_in, came_out) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (producer, consumer, closer) = (Arc::clone(&queue), Arc::clone(&queue), queue);
    let (counts_in, counts_out) = (Arc::clone(&went_in), Arc::clone(&came_out));
    // Relaxed, all of it: both are read once the threads have ended.
    Scenario::new()
        .thread("producer", move || {
            for number in 1..=puts {
                match called("put", || producer.put(Item::new(1, number))) {
                    Ok(()) => _ = counts_in.fetch_add(1, Relaxed),
                    Err(item) => assert!(
                        item.number == number,
                        "{}",
                        text!("another item comes back")
                    ),
                }
            }
        })
        .thread("consumer", move || {
            while called("get", || consumer.get()).is_some() {
                counts_out.fetch_add(1, Relaxed);
            }
        })
        .thread("closer", move || called("close", || closer.close()))
        .finally(move || {
            let (went_in, came_out) = (went_in.load(Relaxed), came_out.load(Relaxed));
            assert!(
                went_in == came_out,
                "{}",
                text!(
                    "{went_in} went in, and {came_out} had come out when `get` returned `None`",
                    went_in,
                    came_out
                )
            );
        })
}
