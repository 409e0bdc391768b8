//! What a loop that waits by looking can see, by every search alike.

use super::*;
use crate::explore::Workload;
use crate::explore::driver::Executions;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::{BoundedDfs, SearchStrategy};
use std::collections::BTreeSet;
use std::sync::Mutex as Log;

/// A scenario whose reader logs what it sees.
pub(super) type Awaited = fn(Arc<Log<Vec<usize>>>) -> Scenario;

/// What a reader has seen, execution by execution, under a strategy, unless that is not for it.
pub(super) fn seen<S: SearchStrategy>(
    strategy: S,
    scenario: Awaited,
) -> Option<BTreeSet<Vec<usize>>> {
    let log = Arc::new(Log::new(Vec::new()));
    let shared = Arc::clone(&log);
    let workload = Workload::new("", move || scenario(Arc::clone(&shared)));
    let settings = settings();
    let mut executions = Executions::new(&workload, strategy, &settings);
    let mut all = BTreeSet::new();
    while executions.advance() {
        executions.run();
        if executions.strategy().error().is_some() {
            return None;
        }
        let seen = std::mem::take(&mut *log.lock().unwrap());
        if executions.strategy().latest_counts() {
            all.insert(seen);
        }
    }
    Some(all)
}

/// A reader that waits until a number is 2 or more, and writers that each add to it so often.
fn awaited(log: Arc<Log<Vec<usize>>>, writers: [usize; 2]) -> Scenario {
    let number = Arc::new(AtomicUsize::new(0));
    let read = Arc::clone(&number);
    let scenario = Scenario::new().thread("reader", move || {
        loop {
            let found = read.load(SeqCst);
            log.lock().unwrap().push(found);
            if found >= 2 {
                break;
            }
            thread::yield_now();
        }
    });
    writers.into_iter().fold(scenario, |scenario, times| {
        let number = Arc::clone(&number);
        scenario.thread("writer", move || {
            (0..times).for_each(|_| drop(number.fetch_add(1, SeqCst).to_string()));
        })
    })
}

#[test]
fn who_has_looked_in_vain_sees_any_of_the_changes_that_follow() {
    let scenarios: [Awaited; 2] = [|log| awaited(log, [4, 0]), |log| awaited(log, [2, 2])];
    for scenario in scenarios {
        let all = seen(BoundedDfs::through_all(), scenario).expect("it is for every program");
        assert!(all.contains([0, 1, 2].as_slice()), "{all:?}");
        let mut reductions = Dpor::one_after_the_other().into_iter();
        let found = reductions.find_map(|reduction| seen(reduction, scenario));
        assert_eq!(found, Some(all));
    }
}

/// A reader that waits until two cells have so much together, and writers that add to each of them.
fn summed(
    log: Arc<Log<Vec<usize>>>,
    [left, right]: [&'static [usize]; 2],
    enough: usize,
) -> Scenario {
    let cells = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let read = Arc::clone(&cells);
    let scenario = Scenario::new().thread("reader", move || {
        loop {
            let found = [&read[0], &read[1]].map(|cell| cell.load(SeqCst));
            log.lock().unwrap().extend(found);
            if found[0] + found[1] >= enough {
                break;
            }
            thread::yield_now();
        }
    });
    [left, right]
        .into_iter()
        .fold(scenario, |scenario, writes| {
            let cells = Arc::clone(&cells);
            scenario.thread("writer", move || {
                for &cell in writes {
                    drop(cells[cell].fetch_add(1, SeqCst).to_string());
                }
            })
        })
}

#[test]
fn who_looks_at_two_cells_sees_any_of_the_changes_that_follow() {
    let scenarios: [Awaited; 5] = [
        |log| summed(log, [&[0, 1], &[]], 2),
        |log| summed(log, [&[0], &[1]], 2),
        |log| summed(log, [&[0, 1], &[0]], 2),
        |log| summed(log, [&[0, 1], &[1, 0]], 3),
        |log| summed(log, [&[0, 0], &[1, 1]], 3),
    ];
    for (number, scenario) in scenarios.into_iter().enumerate() {
        let all = seen(BoundedDfs::through_all(), scenario).expect("it is for every program");
        for reduction in Dpor::one_after_the_other() {
            assert_eq!(seen(reduction, scenario).as_ref(), Some(&all), "{number}");
        }
    }
}

#[test]
fn who_gives_way_twice_comes_after_who_could_go_on_all_along() {
    let found = seen(BoundedDfs::within(0), |log| {
        let (flag, scenario) = together(1, AtomicBool::new(false), |flag| flag.store(true, SeqCst));
        scenario
            .thread("gives way once", || {
                thread::yield_now();
                AtomicBool::new(false).store(true, SeqCst);
            })
            .thread("gives way twice", move || {
                (0..2).for_each(|_| thread::yield_now());
                log.lock().unwrap().push(flag.load(SeqCst).into());
            })
    });
    assert_eq!(found, Some(BTreeSet::from([vec![1]])));
}
