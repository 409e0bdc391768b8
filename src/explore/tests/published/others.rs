//! Programs over more than cells and locks. Their numbers are counted by hand.

use super::super::*;
use super::{Counts, explored};

type Row = (&'static str, &'static [(usize, u64)], fn(usize) -> Scenario);

const TABLE: &[Row] = &[
    // Readers do not disturb each other, whether they wait or not.
    ("reads", &[(3, 1), (4, 1)], |n| {
        together(n, RwLock::new(0), |lock| drop(lock.read())).1
    }),
    ("tries to read", &[(3, 1), (4, 1)], |n| {
        together(n, RwLock::new(0), |lock| drop(lock.try_read())).1
    }),
    ("writes", &[(2, 2), (3, 6), (4, 24)], |n| {
        together(n, RwLock::new(0), |lock| *lock.write() += 1).1
    }),
    // Each reader comes before the writer or after it.
    (
        "readers and a writer",
        &[(1, 2), (2, 4), (3, 8)],
        readers_and_a_writer,
    ),
    // The message makes its round in one way.
    ("token ring", &[(3, 1), (5, 1)], token_ring),
    // The orders of the increments; whose children they are makes no difference.
    (
        "children that count",
        &[(2, 2), (3, 6), (4, 24)],
        children_that_count,
    ),
    ("sigma", &[(2, 3), (3, 15), (4, 105)], sigma),
];

#[test]
fn other_programs_take_as_many_executions_as_can_be_counted() {
    let mut deviations = Vec::new();
    for &(name, sizes, scenario) in TABLE {
        for &(size, full) in sizes {
            let expected = Counts {
                full,
                ..Counts::default()
            };
            let found = explored(move || scenario(size), || false);
            if found != expected {
                deviations.push(format!("{name}({size}): {expected:?}, found {found:?}"));
            }
        }
    }
    assert!(deviations.is_empty(), "\n{}", deviations.join("\n"));
}

fn readers_and_a_writer(readers: usize) -> Scenario {
    let (lock, scenario) = together(readers, RwLock::new(0), |lock| drop(lock.read()));
    scenario.thread("writer", move || *lock.write() += 1)
}

fn token_ring(nodes: usize) -> Scenario {
    let (mut senders, mut receivers): (Vec<_>, Vec<_>) = (0..nodes).map(|_| bounded(1)).unzip();
    senders.rotate_left(1);
    receivers.iter_mut().zip(senders).enumerate().fold(
        Scenario::new(),
        |scenario, (node, (receiver, sender))| {
            let receiver = receiver.clone();
            scenario.thread(format!("node-{node}"), move || {
                if node == 0 {
                    sender.send(0).unwrap();
                    assert_eq!(receiver.recv(), Ok(nodes - 1));
                } else {
                    let hops = receiver.recv().unwrap();
                    sender.send(hops + 1).unwrap();
                }
            })
        },
    )
}

fn children_that_count(parents: usize) -> Scenario {
    let (_, scenario) = together(parents, Arc::new(AtomicUsize::new(0)), |counter| {
        let own = AtomicUsize::new(0);
        own.store(1, SeqCst);
        let counter = Arc::clone(counter);
        let child = thread::spawn(move || counter.fetch_add(1, SeqCst));
        child.join().unwrap();
    });
    scenario
}

/// Each child writes to the place that its parent points at, perhaps already for the next one.
///
/// The k-th last child can find any of k values, and those that find the same can write in any
/// order: a child that joins the later ones has one choice more for each of them, so there are
/// 1 · 3 · 5 … (2n - 1) executions.
fn sigma(children: usize) -> Scenario {
    Scenario::new().thread("parent", move || {
        let index = Arc::new(AtomicUsize::new(0));
        let places: Arc<Vec<_>> = Arc::new((0..children).map(|_| AtomicUsize::new(0)).collect());
        let spawn = |number| {
            index.store(number, SeqCst);
            let (index, places) = (Arc::clone(&index), Arc::clone(&places));
            thread::spawn(move || places[index.load(SeqCst)].store(1, SeqCst))
        };
        let threads: Vec<_> = (0..children).map(spawn).collect();
        threads.into_iter().for_each(|child| child.join().unwrap());
    })
}
