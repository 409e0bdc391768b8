//! Giving way, sleeping, meeting and waiting loops cost the search little or nothing.

use super::*;
use crate::explore::replay::{Replay, replay};
use crate::sync::engine::time::Duration;

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
fn a_spin_lock_is_verified() {
    assert_eq!(executions(|| spin_lock(2)), 4);
    assert_eq!(executions(|| spin_lock(3)), 48);
    assert_eq!(executions(|| spin_lock(4)), 1_536);
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

/// A thread that tries so often to take a lock, which another one holds for a while, and gives way
/// in between; whether it has had it.
fn attempts(most: usize, give_way: fn()) -> Scenario {
    let shared = Arc::new((
        Mutex::new(()),
        AtomicBool::new(false),
        AtomicBool::new(false),
    ));
    let (holder, tries, told) = (Arc::clone(&shared), Arc::clone(&shared), shared);
    Scenario::new()
        .thread("holds", move || {
            let _held = holder.0.lock();
            holder.1.store(true, SeqCst);
        })
        .thread("tries", move || {
            for _ in 0..most {
                if tries.0.try_lock().is_some() {
                    return tries.2.store(true, SeqCst);
                }
                give_way();
            }
        })
        .outcome(move || told.2.load(SeqCst).to_string())
}

#[test]
fn who_gives_up_after_some_attempts_may_give_up_while_the_lock_is_held() {
    let sleep = || thread::sleep(Duration::from_millis(1));
    for (most, give_way) in [
        (1, thread::yield_now as fn()),
        (2, thread::yield_now),
        (3, thread::yield_now),
        (5, hint::spin_loop),
        (8, thread::yield_now),
        (2, sleep),
    ] {
        let check = check(move || attempts(most, give_way));
        let outcomes = outcomes(&check.exhaustive[0]);
        let names: Vec<&str> = outcomes.counts.keys().map(String::as_str).collect();
        assert_eq!(names, ["false", "true"], "{most} attempts");
        let verdict = explore(&check, BackEnd::Exhaustive);
        assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
    }
}

#[test]
fn who_gives_up_after_more_attempts_than_are_tried_is_verified_within_a_bound() {
    let verdict = explore(
        &check(|| attempts(20, thread::yield_now)),
        BackEnd::Exhaustive,
    );
    let Verdict::Bounded { within, .. } = verdict else {
        panic!("{verdict:?}");
    };
    assert!(within.contains("after 20 rounds in vain"), "{within}");
}

#[test]
fn a_failure_that_takes_attempts_in_vain_can_be_replayed() {
    let check = check(|| {
        let lock = Arc::new((Mutex::new(()), AtomicBool::new(false)));
        let tries = Arc::clone(&lock);
        Scenario::new()
            .thread("holds", move || {
                let _held = lock.0.lock();
                lock.1.store(true, SeqCst);
            })
            .thread("tries", move || {
                let attempt = || {
                    thread::yield_now();
                    tries.0.try_lock().is_some()
                };
                assert!((0..4).any(|_| attempt()), "four attempts in vain");
            })
    });
    let verdict = explore(&check, BackEnd::Exhaustive);
    let failure = verdict.failure().unwrap();
    let schedule = failure.schedule.clone().unwrap();
    assert!(schedule.to_string().starts_with("looks-4."), "{schedule}");
    let token = format!("kata:check:0:{schedule}").parse().unwrap();
    let Replay::Failed(again) = replay(&check, &token, &options()).unwrap() else {
        panic!("{token} passes");
    };
    assert_eq!(
        (&again.kind, &again.record),
        (&failure.kind, &failure.record)
    );
    assert_eq!(again.schedule, Some(schedule));
}
