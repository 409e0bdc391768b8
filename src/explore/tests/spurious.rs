//! What ends, or fails, without a reason, besides waits at condvars.

use super::*;
use crate::explore::interactive::{Question, position};
use crate::explore::model::operation::{Operation, Response};
use crate::explore::model::record::EventKind;
use crate::explore::model::verdict::Minimality;
use crate::explore::{Replay, Token, replay, statistics};
use crate::sync::engine::atomic::AtomicPtr;

/// An exchange that takes a failure for an answer.
fn exchanged_once() -> Scenario {
    let (count, scenario) = together(1, AtomicUsize::new(0), |count| {
        let _ = weakly(count, 0);
    });
    scenario.finally(move || assert_eq!(count.load(SeqCst), 1))
}

/// Threads that each add one by a loop of exchanges.
fn adders(count: usize, exchange: Exchange) -> Scenario {
    let (shared, scenario) = together(
        count,
        (AtomicUsize::new(0), exchange),
        |(count, exchange)| {
            let mut seen = count.load(SeqCst);
            while let Err(found) = exchange(count, seen) {
                seen = found;
            }
        },
    );
    scenario.finally(move || assert_eq!(shared.0.load(SeqCst), count))
}

type Exchange = fn(&AtomicUsize, usize) -> Result<usize, usize>;

fn weakly(count: &AtomicUsize, seen: usize) -> Result<usize, usize> {
    count.compare_exchange_weak(seen, seen + 1, SeqCst, SeqCst)
}

fn strongly(count: &AtomicUsize, seen: usize) -> Result<usize, usize> {
    count.compare_exchange(seen, seen + 1, SeqCst, SeqCst)
}

/// The only thing in the failure's record that came to nothing without a reason.
#[track_caller]
fn spurious(failure: &Failure) -> (Operation, Option<Seen>) {
    let came_to_nothing = failure
        .record
        .events
        .iter()
        .filter_map(|event| match event.what {
            EventKind::Performed(operation, Response::Spurious) => {
                Some((operation, event.seen.clone()))
            }
            _ => None,
        });
    let [only] = &came_to_nothing.collect::<Vec<_>>()[..] else {
        panic!("not one: {:#?}", failure.record.events);
    };
    only.clone()
}

#[test]
fn a_weak_exchange_without_a_loop_fails_by_one_disturbance_which_is_replayed() {
    let failure = failure(exchanged_once);
    assert_eq!(failure.size, Minimality::Smallest { disturbances: 1 });
    let (operation, seen) = spurious(&failure);
    assert_eq!(operation.verb(), "compare_exchange_weak");
    assert_eq!(seen, Some(Seen::Read(0_usize.into())));
    let token = Token {
        kata: "kata".to_owned(),
        check: "check".to_owned(),
        workload: "0".to_owned(),
        schedule: failure.schedule.clone().unwrap(),
    };
    let Ok(Replay::Failed(again)) = replay(&check(exchanged_once), &token, &options()) else {
        panic!("{token} does not fail");
    };
    assert_eq!(again.record, failure.record);
}

#[test]
fn a_pointer_is_exchanged_weakly_like_a_number() {
    let failure = failure(|| {
        let (slot, scenario) = together(1, AtomicPtr::new(std::ptr::null_mut::<u8>()), |slot| {
            let new = std::ptr::dangling_mut();
            let _ = slot.compare_exchange_weak(std::ptr::null_mut(), new, SeqCst, SeqCst);
        });
        scenario.finally(move || assert!(!slot.load(SeqCst).is_null()))
    });
    assert_eq!(spurious(&failure).0.verb(), "compare_exchange_weak");
}

#[test]
fn a_weak_exchange_in_a_loop_holds_and_one_failure_is_tried_of_any_thread() {
    let tried = |threads, exchange| executions(move || adders(threads, exchange));
    // With it or without.
    assert_eq!((tried(1, strongly), tried(1, weakly)), (1, 2));
    assert_eq!((tried(2, strongly), tried(2, weakly)), (4, 14));
}

#[test]
fn a_weak_exchange_that_finds_another_value_fails_for_a_reason() {
    let tried = executions(|| {
        let (_, scenario) = together(1, AtomicUsize::new(7), |count| {
            assert_eq!(weakly(count, 0), Err(7));
        });
        scenario
    });
    assert_eq!(tried, 1);
}

#[test]
fn a_weak_exchange_that_fails_without_a_reason_only_reads() {
    let tried = executions(|| {
        let (count, scenario) = together(1, AtomicUsize::new(0), |count| {
            let _ = weakly(count, 0);
        });
        scenario.thread("looks", move || {
            count.load(SeqCst);
        })
    });
    // It is written before the look, or after it, or not at all.
    assert_eq!(tried, 3);
}

#[test]
fn an_update_by_a_function_never_fails_without_a_reason() {
    let tried = executions(|| {
        let (count, scenario) = together(2, AtomicUsize::new(0), |count| {
            let _ = count.fetch_update(SeqCst, SeqCst, |old| Some(old + 1));
        });
        scenario.finally(move || assert_eq!(count.load(SeqCst), 2))
    });
    assert_eq!(tried, executions(|| adders(2, strongly)));
}

#[test]
fn a_loop_that_spins_by_weak_exchanges_ends() {
    executions(|| {
        let (_, scenario) = together(
            2,
            (AtomicBool::new(false), Mutex::new(0)),
            |(held, value)| {
                while held
                    .compare_exchange_weak(false, true, SeqCst, SeqCst)
                    .is_err()
                {
                    hint::spin_loop();
                }
                *value.try_lock().expect("nobody else is here") += 1;
                held.store(false, SeqCst);
            },
        );
        scenario
    });
}

/// A thread that waits by this until another one has opened the gate, and unparked it.
fn parked(wait: fn(&AtomicBool)) -> Scenario {
    let (is_open, scenario) = together(0, AtomicBool::new(false), |_| ());
    let opened = Arc::clone(&is_open);
    scenario.thread("waits", move || {
        let (waiter, theirs) = (thread::current(), Arc::clone(&opened));
        let opener = thread::spawn(move || {
            theirs.store(true, SeqCst);
            waiter.unpark();
        });
        wait(&opened);
        assert!(opened.load(SeqCst));
        opener.join().unwrap();
    })
}

#[test]
fn a_park_without_a_loop_fails_by_one_disturbance() {
    let failure = failure(|| {
        parked(|is_open| {
            if !is_open.load(SeqCst) {
                thread::park();
            }
        })
    });
    assert_eq!(
        spurious(&failure),
        (Operation::Park { deadline: None }, None)
    );
    let size = Minimality::Smallest { disturbances: 1 };
    assert_eq!(failure.size, size);
}

#[test]
fn a_park_in_a_loop_holds() {
    executions(|| {
        parked(|is_open| {
            while !is_open.load(SeqCst) {
                thread::park();
            }
        })
    });
}

#[test]
fn a_park_that_ends_without_a_reason_leaves_the_permit() {
    let parks = |times: u8| {
        move || {
            Scenario::new().thread("alone", move || {
                thread::current().unpark();
                (0..times).for_each(|_| thread::park());
            })
        }
    };
    executions(parks(1));
    let verdict = explore(&check(parks(2)), BackEnd::Exhaustive);
    let Verdict::Failed(failure) = verdict else {
        panic!("two parks, one permit: {verdict:?}");
    };
    assert_eq!(failure.size, Minimality::Smallest { disturbances: 0 });
}

#[test]
fn a_timed_park_that_ends_without_a_reason_takes_no_time() {
    let failure = failure(|| {
        Scenario::new().thread("alone", || {
            let begin = crate::sync::engine::time::Instant::now();
            let long = crate::sync::engine::time::Duration::from_secs(1);
            thread::park_timeout(long);
            assert!(begin.elapsed() >= long);
        })
    });
    let (operation, _) = spurious(&failure);
    assert!(operation.deadline().is_some());
}

#[test]
fn who_makes_the_choices_is_asked_what_comes_to_nothing() {
    let check = check(exchanged_once);
    let at = |choices: &[u16]| position(&check, "0", choices, &options()).unwrap();
    let Some(Question::Spurious(operation)) = at(&[]).question else {
        panic!("{:?}", at(&[]).question);
    };
    assert_eq!(operation.verb(), "compare_exchange_weak");
    assert!(!at(&[0]).has_failed);
    assert!(at(&[1]).has_failed);
    assert_eq!(at(&[1]).disturbances, 1);
}

#[test]
fn where_an_exchange_is_tried_with_a_reason_too_no_other_is_asked_for_in_its_place() {
    let ring = || {
        let ring = Arc::new([(); 3].map(|()| AtomicUsize::new(0)));
        (0..3).fold(Scenario::new(), |scenario, at| {
            let ring = Arc::clone(&ring);
            scenario.thread(format!("at-{at}"), move || {
                let _ = weakly(&ring[at], 0);
                let _ = ring[(at + 1) % 3].load(SeqCst);
            })
        })
    };
    let statistics = statistics(&check(ring), 1_000, &options());
    assert_eq!((statistics.executions, statistics.redundant), (19, 5));
}
