//! Giving way, sleeping, meeting and waiting loops cost the search little or nothing.

use super::*;
use crate::explore::Workload;
use crate::explore::execution::Limits;
use crate::explore::reduction::Reduction;
use crate::explore::run::{Settings, run};
use crate::explore::search::{Explorer, Search};
use crate::explore::watchdog::Watchdog;
use crate::sync::native::time::Duration;
use std::collections::BTreeSet;
use std::sync::Mutex as Log;

/// Four threads that take a lock twice each; the first does something else before.
fn lock_after(first: fn()) -> impl Fn() -> Scenario + Send + Sync {
    move || {
        let counter = Arc::new(Mutex::new(0));
        (0..4).fold(Scenario::new(), |scenario, number| {
            let counter = Arc::clone(&counter);
            scenario.thread(format!("t{number}"), move || {
                if number == 0 {
                    first();
                }
                (0..2).for_each(|_| *counter.lock() += 1);
            })
        })
    }
}

#[test]
fn one_yield_or_one_sleep_costs_no_execution() {
    let sleep = || thread::sleep(Duration::from_millis(1));
    assert_eq!(executions(lock_after(|| ())), 2_520);
    assert_eq!(executions(lock_after(thread::yield_now)), 2_520);
    assert_eq!(executions(lock_after(sleep)), 2_520);
}

#[test]
fn one_rendezvous_costs_no_execution_but_for_who_waits_for_whom() {
    let count = executions(|| {
        let counter = Arc::new(Mutex::new(0));
        let (sender, receiver) = bounded(0);
        let (mut sender, mut receiver) = (Some(sender), Some(receiver));
        (0..4).fold(Scenario::new(), |scenario, number| {
            let counter = Arc::clone(&counter);
            let sender = (number == 0).then(|| sender.take()).flatten();
            let receiver = (number == 1).then(|| receiver.take()).flatten();
            scenario.thread(format!("t{number}"), move || {
                sender
                    .into_iter()
                    .for_each(|sender| sender.send(()).unwrap());
                receiver
                    .into_iter()
                    .for_each(|receiver| receiver.recv().unwrap());
                (0..2).for_each(|_| *counter.lock() += 1);
            })
        })
    });
    assert_eq!(count, 2_520);
}

fn spin_lock(threads: usize) -> Scenario {
    let shared = (AtomicBool::new(false), AtomicUsize::new(0));
    let (shared, scenario) = together(threads, shared, |(locked, count)| {
        while locked.swap(true, SeqCst) {
            thread::yield_now();
        }
        let seen = count.load(SeqCst);
        count.store(seen + 1, SeqCst);
        locked.store(false, SeqCst);
    });
    scenario.finally(move || assert_eq!(shared.1.load(SeqCst), threads))
}

#[test]
fn a_spin_lock_of_three_threads_is_verified() {
    assert!(executions(|| spin_lock(2)) < 20);
    assert!(executions(|| spin_lock(3)) < 1_000);
}

/// Two flags that mean the same.
type Flags = (AtomicBool, Mutex<bool>);

#[test]
fn waiting_for_a_flag_is_verified_however_it_is_waited() {
    let waits: [fn(&Flags); 3] = [
        |(flag, _)| {
            while !flag.load(SeqCst) {
                hint::spin_loop();
            }
        },
        |(flag, _)| {
            while !flag.load(SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
        },
        |(_, flag)| {
            while !*flag.lock() {
                thread::yield_now();
            }
        },
    ];
    for wait in waits {
        executions(move || {
            let shared = (AtomicBool::new(false), Mutex::new(false));
            let (shared, scenario) = together(2, shared, wait);
            scenario.thread("setter", move || {
                shared.0.store(true, SeqCst);
                *shared.1.lock() = true;
            })
        });
    }
}

#[test]
fn attempts_at_two_locks_that_give_way_are_verified() {
    executions(|| {
        let locks = Arc::new([Mutex::new(()), Mutex::new(())]);
        (0..2).fold(Scenario::new(), |scenario, first| {
            let locks = Arc::clone(&locks);
            scenario.thread(format!("t{first}"), move || {
                loop {
                    let _first = locks[first].lock();
                    if locks[1 - first].try_lock().is_some() {
                        break;
                    }
                    drop(_first);
                    thread::yield_now();
                }
            })
        })
    });
}

/// A queue of two places after Dmitry Vyukov's: each place has a number that says whose turn it is.
struct Ring {
    places: [(AtomicUsize, AtomicUsize); 2],
    head: AtomicUsize,
    tail: AtomicUsize,
}

impl Ring {
    fn new() -> Self {
        let place = |number| (AtomicUsize::new(number), AtomicUsize::new(0));
        Ring {
            places: [place(0), place(1)],
            head: AtomicUsize::new(0),
            tail: AtomicUsize::new(0),
        }
    }

    fn put(&self, value: usize) {
        loop {
            let tail = self.tail.load(SeqCst);
            let (turn, slot) = &self.places[tail % 2];
            if turn.load(SeqCst) == tail
                && self
                    .tail
                    .compare_exchange(tail, tail + 1, SeqCst, SeqCst)
                    .is_ok()
            {
                slot.store(value, SeqCst);
                return turn.store(tail + 1, SeqCst);
            }
            thread::yield_now();
        }
    }

    fn take(&self) -> usize {
        loop {
            let head = self.head.load(SeqCst);
            let (turn, slot) = &self.places[head % 2];
            if turn.load(SeqCst) == head + 1
                && self
                    .head
                    .compare_exchange(head, head + 1, SeqCst, SeqCst)
                    .is_ok()
            {
                let value = slot.load(SeqCst);
                turn.store(head + 2, SeqCst);
                return value;
            }
            thread::yield_now();
        }
    }
}

#[test]
fn a_ring_with_two_who_put_and_one_who_takes_is_verified() {
    executions(|| {
        let ring = Arc::new(Ring::new());
        let scenario = (1..=2).fold(Scenario::new(), |scenario, value| {
            let ring = Arc::clone(&ring);
            scenario.thread(format!("puts-{value}"), move || ring.put(value))
        });
        scenario.thread("takes", move || assert_eq!(ring.take() + ring.take(), 3))
    });
}

/// What a reader has seen, execution by execution, under an explorer, unless that is not for it.
fn seen<E: Explorer>(
    mut explorer: E,
    scenario: fn(Arc<Log<Vec<usize>>>) -> Scenario,
) -> Option<BTreeSet<Vec<usize>>> {
    let log = Arc::new(Log::new(Vec::new()));
    let shared = Arc::clone(&log);
    let workload = Workload::new("", move || scenario(Arc::clone(&shared)));
    let watchdog = Watchdog::start();
    let settings = Settings::new(Limits::default(), &watchdog);
    let mut all = BTreeSet::new();
    loop {
        (_, explorer) = run(&workload, explorer, &settings);
        if explorer.trouble().is_some() {
            return None;
        }
        let seen = std::mem::take(&mut *log.lock().unwrap());
        if explorer.latest_counts() {
            all.insert(seen);
        }
        if !explorer.advance() {
            return Some(all);
        }
    }
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
    let scenarios: [fn(Arc<Log<Vec<usize>>>) -> Scenario; 2] =
        [|log| awaited(log, [4, 0]), |log| awaited(log, [2, 2])];
    for scenario in scenarios {
        let all = seen(Search::through_all(), scenario).expect("it is for every program");
        let mut reductions = Reduction::one_after_the_other().into_iter();
        let found = reductions.find_map(|reduction| seen(reduction, scenario));
        assert_eq!(found, Some(all));
    }
}

#[test]
fn who_gives_way_twice_comes_after_who_could_go_on_all_along() {
    let found = seen(Search::within(0), |log| {
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
