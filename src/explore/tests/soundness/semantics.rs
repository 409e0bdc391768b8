//! What can happen outside an exploration, and so must happen in one; and what cannot.

use super::super::*;
use super::{A_WHILE, failing, fails};
use crate::sync::engine::Condvar;

#[track_caller]
fn holds(scenario: impl Fn() -> Scenario + Send + Sync + 'static) {
    assert_eq!(failing(scenario), [false, false], "exhaustive, generated");
}

/// A worker that sets a flag, and an impatient one that does something else for it to be set.
fn impatient(passes_time: fn()) -> Scenario {
    let (flag, scenario) = together(1, AtomicBool::new(false), |flag| flag.store(true, SeqCst));
    scenario.thread("impatient", move || {
        passes_time();
        assert!(flag.load(SeqCst));
    })
}

#[test]
fn giving_way_once_synchronises_nothing() {
    fails(|| impatient(thread::yield_now));
}

#[test]
fn sleeping_twice_synchronises_nothing() {
    fails(|| impatient(|| (0..2).for_each(|_| thread::sleep(A_WHILE))));
}

#[test]
fn a_thread_that_has_done_its_last_operation_need_not_have_finished() {
    fails(|| {
        Scenario::new().thread("parent", || {
            let is_done = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&is_done);
            let child = thread::spawn(move || flag.store(true, SeqCst));
            while !is_done.load(SeqCst) {
                thread::yield_now();
            }
            assert!(child.is_finished());
        })
    });
}

#[test]
fn a_wait_can_time_out_and_find_that_what_it_waited_for_is_there() {
    fails(|| {
        let shared = (Mutex::new(false), Condvar::new());
        let (shared, scenario) = together(1, shared, |(is_there, given)| {
            let mut is_there = is_there.lock();
            while !*is_there {
                if given.wait_for(&mut is_there, A_WHILE).timed_out() {
                    return assert!(!*is_there);
                }
            }
        });
        scenario.thread("giver", move || {
            let mut is_there = shared.0.lock();
            *is_there = true;
            shared.1.notify_one();
        })
    });
}

#[test]
fn what_a_rendezvous_has_handed_over_nobody_else_receives() {
    holds(|| {
        let (sender, receiver) = bounded::<u32>(0);
        let is_sent = Arc::new(AtomicBool::new(false));
        let (flag, other, keeps_open) = (Arc::clone(&is_sent), receiver.clone(), sender.clone());
        Scenario::new()
            .thread("r1", move || assert_eq!(receiver.recv(), Ok(1)))
            .thread("sender", move || {
                sender.send(1).unwrap();
                is_sent.store(true, SeqCst);
            })
            .thread("r2", move || {
                if flag.load(SeqCst) {
                    assert!(other.try_recv().is_err());
                }
            })
            .finally(move || drop(keeps_open))
    });
}

#[test]
fn a_receiver_may_not_have_come_yet_to_a_rendezvous() {
    fails(|| {
        let (sender, receiver) = bounded::<u32>(0);
        Scenario::new()
            .thread("receiver", move || {
                let _ = receiver.recv();
            })
            .thread("sender", move || assert!(sender.try_send(1).is_ok()))
    });
}

#[test]
fn a_writer_that_waits_holds_up_readers() {
    fails(|| {
        let shared = (RwLock::new(0), Mutex::new(()));
        let (shared, scenario) = together(1, shared, |(value, lock)| {
            let _value = value.read();
            let _guard = lock.lock();
        });
        let reader = Arc::clone(&shared);
        scenario
            .thread("writer", move || *shared.0.write() += 1)
            .thread("another reader", move || {
                let _guard = reader.1.lock();
                let _value = reader.0.read();
            })
    });
}

/// A thread that spawns two others, and does not wait for them.
fn detached<T: Send + Sync + 'static>(shared: fn() -> T, codes: [fn(&T); 2]) -> Scenario {
    Scenario::new().thread("parent", move || {
        let shared = Arc::new(shared());
        for code in codes {
            let shared = Arc::clone(&shared);
            thread::spawn(move || code(&shared));
        }
    })
}

#[test]
fn threads_that_nobody_joins_can_panic() {
    fails(|| {
        let slot = || Mutex::new(None);
        detached(
            slot,
            [
                |slot| *slot.lock() = Some(1),
                |slot| assert_eq!(*slot.lock(), Some(1)),
            ],
        )
    });
}

#[test]
fn threads_that_nobody_joins_can_deadlock() {
    fn take([first, second]: [&Mutex<()>; 2]) {
        let _first = first.lock();
        let _second = second.lock();
    }
    fails(|| {
        let locks = || [Mutex::new(()), Mutex::new(())];
        detached(locks, [|[a, b]| take([a, b]), |[a, b]| take([b, a])])
    });
}
