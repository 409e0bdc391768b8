//! Three sound programs, to see how many executions an explorer runs in a second.

use super::sync::{Condvar, Mutex, Scenario};
use std::collections::VecDeque;
use std::sync::Arc;

/// The programs.
pub const PROGRAMS: &[super::Program] = &[
    ("locked counter, 3 × 2", locked_counter),
    ("ping-pong, 3 + 3", ping_pong),
    ("bounded queue, 2 + 2", bounded_queue),
];

/// Three threads that add twice under a lock.
fn locked_counter() -> Scenario {
    let count = Arc::new(Mutex::new(0));
    let mut scenario = Scenario::new();
    for number in 1..=3 {
        let count = Arc::clone(&count);
        scenario = scenario.thread(format!("adder-{number}"), move || {
            for _ in 0..2 {
                *count.lock() += 1;
            }
        });
    }
    scenario.finally(move || assert_eq!(*count.lock(), 6))
}

/// Three threads that say ping and three that say pong, by turns.
fn ping_pong() -> Scenario {
    let shared = Arc::new((Mutex::new(0), Condvar::new()));
    let mut scenario = Scenario::new();
    for number in 0..6 {
        let shared = Arc::clone(&shared);
        scenario = scenario.thread(format!("player-{number}"), move || {
            let (said, turn) = &*shared;
            let mut said = said.lock();
            while *said % 2 != number % 2 {
                turn.wait(&mut said);
            }
            *said += 1;
            turn.notify_all();
        });
    }
    scenario.finally(move || assert_eq!(*shared.0.lock(), 6))
}

/// Two producers of two items each, a buffer of one place, and two consumers.
fn bounded_queue() -> Scenario {
    let queue = Arc::new((Mutex::new(VecDeque::new()), Condvar::new(), Condvar::new()));
    let mut scenario = Scenario::new();
    for number in 1..=2 {
        let [to, from] = [(); 2].map(|()| Arc::clone(&queue));
        scenario = scenario
            .thread(format!("producer-{number}"), move || {
                let (items, not_full, not_empty) = &*to;
                for item in 0..2 {
                    let mut items = items.lock();
                    while items.len() == 1 {
                        not_full.wait(&mut items);
                    }
                    items.push_back(item);
                    not_empty.notify_one();
                }
            })
            .thread(format!("consumer-{number}"), move || {
                let (items, not_full, not_empty) = &*from;
                for _ in 0..2 {
                    let mut items = items.lock();
                    while items.is_empty() {
                        not_empty.wait(&mut items);
                    }
                    items.pop_front();
                    not_full.notify_one();
                }
            });
    }
    scenario.finally(move || assert!(queue.0.lock().is_empty()))
}
