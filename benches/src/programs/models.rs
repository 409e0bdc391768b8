//! Small sound models, to see how many executions it takes to try all orders of one.

use super::Program;
use super::sync::{Condvar, Mutex, Scenario};
use std::collections::VecDeque;
use std::sync::Arc;

/// The models, from small to large.
pub const MODELS: &[Program] = &[
    ("locked counter, 2 × 2", || locked_counter(2, 2)),
    ("locked counter, 3 × 1", || locked_counter(3, 1)),
    ("locked counter, 3 × 2", || locked_counter(3, 2)),
    ("locked counter, 4 × 1", || locked_counter(4, 1)),
    ("five dining philosophers", || philosophers(5)),
    ("stock, 5 customers", || stock(5)),
    ("queue, 1 producer × 3", || queue(1, 3, 1)),
    ("queue, 2 producers × 1", || queue(2, 1, 1)),
    ("queue, 2 producers × 2", || queue(2, 2, 1)),
    ("queue, 2 + 2 threads", || queue(2, 1, 2)),
    ("relay, 3 clients", || relay(3)),
    ("ping-pong, 2 + 2", || ping_pong(2)),
    ("ping-pong, 3 + 3", || ping_pong(3)),
    ("ping-pong, 4 + 4", || ping_pong(4)),
];

fn threads(
    number: usize,
    name: &str,
    body: impl Fn(usize) + Clone + Send + 'static,
    scenario: Scenario,
) -> Scenario {
    (0..number).fold(scenario, |scenario, index| {
        let body = body.clone();
        scenario.thread(format!("{name}-{index}"), move || body(index))
    })
}

/// Threads that add under a lock.
fn locked_counter(adders: usize, times: usize) -> Scenario {
    let count = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&count);
    let add = move |_| (0..times).for_each(|_| *count.lock() += 1);
    let scenario = threads(adders, "adder", add, Scenario::new());
    scenario.finally(move || assert_eq!(*counted.lock(), adders * times))
}

/// Players that each speak once, the two sides by turns; one condvar for each side.
fn ping_pong(pairs: usize) -> Scenario {
    let table = Arc::new((Mutex::new(false), [Condvar::new(), Condvar::new()]));
    let play = move |player: usize| {
        let is_pong = player % 2 == 1;
        let (pongs_turn, sides) = &*table;
        let mut turn = pongs_turn.lock();
        while *turn != is_pong {
            sides[usize::from(is_pong)].wait(&mut turn);
        }
        *turn = !is_pong;
        sides[usize::from(!is_pong)].notify_one();
    };
    threads(2 * pairs, "player", play, Scenario::new())
}

/// A queue with room for one item; each producer sends some, and consumers share them evenly.
fn queue(producers: usize, items: usize, consumers: usize) -> Scenario {
    let queue = Arc::new((Mutex::new(VecDeque::new()), Condvar::new(), Condvar::new()));
    let [to, from] = [(); 2].map(|()| Arc::clone(&queue));
    let produce = move |producer| {
        let (places, not_full, not_empty) = &*to;
        for _ in 0..items {
            let mut places = places.lock();
            while places.len() == 1 {
                not_full.wait(&mut places);
            }
            places.push_back(producer);
            not_empty.notify_one();
        }
    };
    let consume = move |_| {
        let (places, not_full, not_empty) = &*from;
        for _ in 0..producers * items / consumers {
            let mut places = places.lock();
            while places.is_empty() {
                not_empty.wait(&mut places);
            }
            places.pop_front();
            not_full.notify_one();
        }
    };
    let scenario = threads(producers, "producer", produce, Scenario::new());
    let scenario = threads(consumers, "consumer", consume, scenario);
    scenario.finally(move || assert!(queue.0.lock().is_empty()))
}

/// Philosophers who eat once each, and all take the fork with the smaller number first.
fn philosophers(number: usize) -> Scenario {
    let forks: Arc<Vec<_>> = Arc::new((0..number).map(|_| Mutex::new(())).collect());
    let eat = move |id: usize| {
        let next = (id + 1) % number;
        let _first = forks[id.min(next)].lock();
        let _second = forks[id.max(next)].lock();
    };
    threads(number, "philosopher", eat, Scenario::new())
}

/// A shop with fewer bottles than its customers order: each is served with what there is.
fn stock(customers: usize) -> Scenario {
    const ORDER: usize = 2;
    let bottles = 2 * customers - 1;
    let stock = Arc::new((Mutex::new(bottles), Mutex::new(0)));
    let served = Arc::clone(&stock);
    let order = move |_| {
        let mut left = stock.0.lock();
        let delivered = ORDER.min(*left);
        *left -= delivered;
        *stock.1.lock() += delivered;
    };
    let scenario = threads(customers, "customer", order, Scenario::new());
    scenario.finally(move || assert_eq!(*served.1.lock(), bottles))
}

/// Clients that come, say something to all others that are there, read what they were told, and
/// go. Who comes and goes, and the order of what is said, is under one lock; each has an outbox.
fn relay(clients: usize) -> Scenario {
    let outboxes: Vec<_> = (0..clients).map(|_| Mutex::new(Vec::new())).collect();
    let relay = Arc::new((Mutex::new(Vec::new()), outboxes));
    let talk = move |me: usize| {
        let (present, outboxes) = &*relay;
        present.lock().push(me);
        {
            let present = present.lock();
            let others = present.iter().filter(|other| **other != me);
            others.for_each(|other: &usize| outboxes[*other].lock().push(me));
        }
        let told = std::mem::take(&mut *outboxes[me].lock());
        assert!(told.iter().all(|other| *other != me));
        present.lock().retain(|other| *other != me);
    };
    threads(clients, "client", talk, Scenario::new())
}
