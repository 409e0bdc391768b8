//! The reduction leaves out nothing that matters.

use super::programs::{Log, Program, program, scenario};
use super::*;
use crate::explore::Workload;
use crate::explore::driver::Executions;
use crate::explore::model::budget::Limits;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::dpor::reorder::Reorder;
use crate::explore::search::{BoundedDfs, SearchError, SearchStrategy};
use crate::sync::engine::Condvar;
use crate::sync::engine::atomic::AtomicU64;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex as Unseen;

/// What an execution can come to: what every thread saw, and how it ended.
pub(super) type Outcome = (Vec<(usize, String)>, String);

/// How many executions are tried of a program before it counts as too large.
const LIMIT: usize = 1_000;

/// What an explorer finds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) outcomes: BTreeSet<Outcome>,
    /// How many were tried, with those that were broken off since they would have repeated others.
    pub(super) executions: usize,
    pub(super) redundant: usize,
    /// Executions that differ in more than the order of operations that commute.
    pub(super) orders: BTreeSet<u64>,
}

impl Found {
    fn deadlocks(&self) -> bool {
        self.outcomes.iter().any(|(_, end)| end.starts_with('['))
    }
}

fn outcomes<E: SearchStrategy>(
    program: &Program,
    explorer: E,
    order: fn(&E) -> u64,
) -> Option<Found> {
    let program = program.clone();
    found(move |log| scenario(&program, log), explorer, order, ending)
}

/// All outcomes that an explorer finds; `None` if it takes too many executions, or if it is not
/// for the program. `order` tells the order of an execution from others, and `ending` how it ended.
pub(super) fn found<E: SearchStrategy>(
    scenario: impl Fn(&Log) -> Scenario + Send + Sync + 'static,
    explorer: E,
    order: fn(&E) -> u64,
    ending: fn(Option<FailureKind>) -> String,
) -> Option<Found> {
    let log = Log::default();
    let shared = Arc::clone(&log);
    let workload = Workload::new("", move || scenario(&shared));
    let settings = settings();
    let mut all = Executions::new(&workload, explorer, &settings);
    let mut found = Found::default();
    while all.advance() {
        if found.executions == LIMIT {
            return None;
        }
        found.executions += 1;
        let outcome = all.run();
        let mut seen = std::mem::take(&mut *log.lock().unwrap());
        seen.sort_by_key(|(thread, _)| *thread);
        match all.strategy().error() {
            Some(SearchError::GaveUp) => return None,
            Some(SearchError::Diverged(difference)) => panic!("{difference}"),
            None => {}
        }
        if all.strategy().latest_counts() {
            found.outcomes.insert((seen, ending(outcome.failure)));
            found.orders.insert(order(all.strategy()));
        } else {
            found.redundant += 1;
        }
    }
    Some(found)
}

fn ending(failure: Option<FailureKind>) -> String {
    match failure {
        None => "ends".to_owned(),
        Some(FailureKind::Deadlock { blocked, .. }) => {
            let waits = blocked
                .iter()
                .map(|entry| (entry.task, entry.operation.verb()));
            format!("{:?}", waits.collect::<Vec<_>>())
        }
        Some(FailureKind::Panic { message, .. }) => message,
        Some(other) => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0),
        max_global_rejects: 10_000,
        ..Default::default()
    })]

    #[test]
    fn it_finds_exactly_the_outcomes_that_the_plain_search_finds(program in program()) {
        let Some(all) = outcomes(&program, BoundedDfs::through_all(), |_| 0) else {
            return Err(TestCaseError::reject("too large for the plain search"));
        };
        let mut reductions = Dpor::one_after_the_other().into_iter();
        let found = reductions
            .find_map(|reduction| outcomes(&program, reduction, Dpor::order))
            .expect("not larger");
        prop_assert_eq!(&found.outcomes, &all.outcomes);
        prop_assert!(found.executions <= all.executions);
        // Where a task waits for ever, the way to what it waits for can be blocked.
        let orders = found.orders.len();
        prop_assert!(orders == found.executions || found.deadlocks(), "{} orders", orders);
    }
}

fn locked_counter(threads: usize, times: usize) -> Scenario {
    let shared = (Mutex::new(0), times);
    let (counter, scenario) = together(threads, shared, |(counter, times)| {
        (0..*times).for_each(|_| *counter.lock() += 1);
    });
    scenario.finally(move || assert_eq!(*counter.0.lock(), threads * times))
}

/// Players that each speak once, in turns; one condvar for each side.
fn ping_pong(pairs: usize) -> Scenario {
    let table = Arc::new((Mutex::new(false), [Condvar::new(), Condvar::new()]));
    (0..2 * pairs).fold(Scenario::new(), |scenario, player| {
        let table = Arc::clone(&table);
        scenario.thread(format!("player-{player}"), move || {
            let is_pong = player % 2 == 1;
            let (pongs_turn, sides) = &*table;
            let mut turn = pongs_turn.lock();
            sides[usize::from(is_pong)].wait_while(&mut turn, |turn| *turn != is_pong);
            *turn = !is_pong;
            sides[usize::from(!is_pong)].notify_one();
        })
    })
}

fn queue(producers: usize, items: usize, consumers: usize) -> Scenario {
    let (sender, receiver) = bounded(1);
    let scenario = (0..producers).fold(Scenario::new(), |scenario, i| {
        let sender = sender.clone();
        scenario.thread(format!("producer-{i}"), move || {
            (0..items).for_each(|item| sender.send(item).unwrap());
        })
    });
    (0..consumers).fold(scenario, |scenario, i| {
        let receiver = receiver.clone();
        scenario.thread(format!("consumer-{i}"), move || {
            receiver.iter().for_each(drop)
        })
    })
}

/// Each takes the lower of two forks first.
fn philosophers(count: usize) -> Scenario {
    let forks: Arc<Vec<_>> = Arc::new((0..count).map(|_| Mutex::new(())).collect());
    (0..count).fold(Scenario::new(), |scenario, seat| {
        let forks = Arc::clone(&forks);
        scenario.thread(format!("philosopher-{seat}"), move || {
            let (left, right) = (seat, (seat + 1) % forks.len());
            let _first = forks[left.min(right)].lock();
            let _second = forks[left.max(right)].lock();
        })
    })
}

/// Tries every order, without spurious wake-ups; how many executions there were, and how many
/// were broken off as redundant.
fn tried(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> (u64, u64) {
    tried_by(Dpor::default(), scenario).expect("wakeup trees do")
}

fn tried_by(
    explorer: Dpor,
    scenario: impl Fn() -> Scenario + Send + Sync + 'static,
) -> Option<(u64, u64)> {
    let workload = Workload::new("", scenario);
    let settings = within(Limits {
        spurious: 0,
        ..Limits::default()
    });
    let mut all = Executions::new(&workload, explorer, &settings);
    let (mut complete, mut redundant) = (0, 0);
    while all.advance() {
        let outcome = all.run();
        assert_eq!(outcome.failure, None);
        if all.strategy().error().is_some() {
            return None;
        }
        if all.strategy().latest_counts() {
            complete += 1
        } else {
            redundant += 1
        }
    }
    Some((complete, redundant))
}

/// The example for wakeup trees of Abdulla et al.: with sleep and source sets alone, almost half of
/// the executions would be broken off.
fn leads_astray() -> Scenario {
    let [x, y, z] = [(); 3].map(|()| Arc::new(AtomicU64::new(0)));
    let setting = |cell: &Arc<AtomicU64>| {
        let cell = Arc::clone(cell);
        move || cell.store(1, SeqCst)
    };
    let (set_x, set_y, set_z) = (setting(&x), setting(&y), setting(&z));
    let seen_by_r = Arc::clone(&y);
    Scenario::new()
        .thread("p", set_x)
        .thread("q", set_y)
        .thread("r", move || {
            if seen_by_r.load(SeqCst) == 0 {
                set_z();
            }
        })
        .thread("s", move || {
            let (seen_z, seen_y) = (z.load(SeqCst), y.load(SeqCst));
            if (seen_z, seen_y) == (1, 0) {
                x.store(2, SeqCst);
            }
        })
}

#[test]
fn there_are_as_many_executions_as_distinct_orders() {
    // The critical sections of so many threads, merged.
    assert_eq!(tried(|| locked_counter(2, 2)), (6, 0));
    assert_eq!(tried(|| locked_counter(3, 2)), (90, 0));
    assert_eq!(tried(|| locked_counter(4, 1)), (24, 0));
    // Who of two neighbours comes first at each fork, but not everyone before the next.
    assert_eq!(tried(|| philosophers(3)), (6, 0));
    assert_eq!(tried(|| philosophers(5)), (30, 0));
    // One producer and one consumer at a time: nothing can happen in another order.
    assert_eq!(tried(|| queue(1, 3, 1)), (1, 0));
    assert_eq!(tried(|| queue(2, 2, 1)), (6, 0));
    assert_eq!(tried(|| queue(2, 2, 2)), (96, 0));
    assert_eq!(tried(|| ping_pong(1)), (2, 0));
    assert_eq!(tried(leads_astray), (7, 0));
}

#[test]
fn source_sets_break_off_few_executions() {
    let tried = |scenario: fn() -> Scenario| {
        tried_by(Dpor::with_source_sets(), scenario).expect("they do for every program")
    };
    let found = [
        tried(|| locked_counter(3, 2)),
        tried(|| philosophers(5)),
        tried(|| queue(2, 2, 2)),
        tried(|| ping_pong(2)),
        tried(leads_astray),
    ];
    assert_eq!(found, [(90, 0), (30, 1), (96, 0), (64, 0), (7, 5)]);
}

/// Who has given way so often rests until nothing else can go on: what it does then comes after
/// everything, and is no race with what came before.
#[test]
fn what_a_task_does_after_it_has_rested_is_not_reversed() {
    let counts = tried(|| {
        let number = Arc::new(AtomicUsize::new(0));
        let (patient, other) = (Arc::clone(&number), number);
        Scenario::new()
            .thread("gives way", move || {
                (0..9).for_each(|_| thread::yield_now());
                patient.store(1, SeqCst);
            })
            .thread("goes on", move || other.store(2, SeqCst))
    });
    assert_eq!(counts, (1, 0));
}

/// A look that waits for a change comes after it in every order.
#[test]
fn a_look_that_waits_is_not_tried_before_what_it_waits_for() {
    let counts = tried(|| {
        let flag = Arc::new(AtomicUsize::new(0));
        let looks = Arc::clone(&flag);
        Scenario::new()
            .thread("looks", move || {
                while looks.load(SeqCst) == 0 {
                    thread::yield_now();
                }
            })
            .thread("sets", move || flag.store(1, SeqCst))
    });
    assert_eq!(counts, (2, 0));
}

/// What the set-up does comes before all else, and is no part of the first step.
#[test]
fn a_set_up_that_does_something_costs_nothing() {
    let counts = tried(|| {
        let number = Arc::new(AtomicU64::new(0));
        number.store(1, SeqCst);
        let [first, other] = [(); 2].map(|()| Arc::clone(&number));
        let (sender, receiver) = bounded(1);
        Scenario::new()
            .thread("first", move || first.store(1, SeqCst))
            .thread("sends", move || sender.send(()).unwrap())
            .thread("other", move || {
                receiver.recv().unwrap();
                other.store(2, SeqCst);
            })
    });
    assert_eq!(counts, (2, 0));
}

/// Which of the objects that tasks create is created first depends on the order of their steps.
#[test]
fn objects_that_tasks_create_are_told_apart_by_their_creators() {
    let counts = tried(|| {
        let shared = Arc::new((AtomicUsize::new(0), Unseen::new(BTreeMap::new())));
        (1..=2).fold(Scenario::new(), |scenario, number| {
            let shared = Arc::clone(&shared);
            scenario.thread(format!("t{number}"), move || {
                let (order, created) = &*shared;
                order.fetch_add(1, SeqCst);
                let own = Arc::new(AtomicUsize::new(0));
                created.lock().unwrap().insert(number, own);
                // Whose are there by now is a matter of the order of these two.
                order.fetch_add(1, SeqCst);
                let all = created.lock().unwrap().clone();
                all.values()
                    .for_each(|one| drop(one.fetch_add(1, SeqCst).to_string()));
            })
        })
    });
    // Of six orders of the four steps two leave one object to both, which they add to in either
    // order, and four leave two.
    assert_eq!(counts, (2 * 2 + 4 * 4, 0));
}

/// Two tasks create something each, in either order.
#[test]
fn an_object_has_the_same_name_whenever_it_is_created() {
    let workload = Workload::new("", || {
        (1..=2).fold(Scenario::new(), |scenario, value| {
            scenario.thread(format!("t{value}"), move || {
                thread::yield_now();
                AtomicU64::new(0).store(value, SeqCst);
            })
        })
    });
    let settings = settings();
    let mut all = Executions::new(&workload, Reorder::new(60), &settings);
    while all.advance() {
        all.run();
        assert_eq!(all.strategy().error(), None);
    }
}
