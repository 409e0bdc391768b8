//! Each kind of failure is told for what it is.

use super::*;
use crate::explore::model::operation::TaskId;
use crate::explore::model::verdict::Minimality;
use crate::sync::engine::Condvar;
use std::panic::AssertUnwindSafe;

#[test]
fn locks_taken_in_opposite_orders_are_a_circle() {
    let failure = failure(|| {
        let locks = Arc::new([Mutex::new(()), Mutex::new(())]);
        let take = |first: usize| {
            let locks = Arc::clone(&locks);
            move || {
                let _first = locks[first].lock();
                let _second = locks[1 - first].lock();
            }
        };
        Scenario::new().thread("a", take(0)).thread("b", take(1))
    });
    let FailureKind::Deadlock { blocked, cycle } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(cycle, [TaskId(1), TaskId(2)]);
    let holders: Vec<_> = blocked
        .iter()
        .map(|entry| (entry.task, entry.held_by.clone()))
        .collect();
    assert_eq!(
        holders,
        [(TaskId(1), vec![TaskId(2)]), (TaskId(2), vec![TaskId(1)])]
    );
    assert_eq!(failure.size, Minimality::Smallest { disturbances: 1 });
}

#[test]
fn a_lock_taken_twice_waits_for_its_own_holder() {
    let failure = failure(|| {
        let lock = Mutex::new(());
        Scenario::new().thread("a", move || {
            let _first = lock.lock();
            let _second = lock.lock();
        })
    });
    let FailureKind::Deadlock { cycle, .. } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(cycle, [TaskId(1)]);
}

#[test]
fn a_notification_that_nobody_heard_is_told() {
    let failure = failure(|| {
        let waiter = Arc::new((Mutex::new(()), Condvar::new()));
        let notifier = Arc::clone(&waiter);
        Scenario::new()
            .thread("waiter", move || waiter.1.wait(&mut waiter.0.lock()))
            .thread("notifier", move || {
                notifier.1.notify_one();
            })
    });
    let FailureKind::Deadlock { blocked, cycle } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert!(cycle.is_empty());
    assert!(blocked[0].notified_too_early && blocked[0].held_by.is_empty());
}

#[test]
fn a_receiver_that_nobody_will_send_to_is_deadlocked() {
    let failure = failure(|| {
        let (sender, receiver) = unbounded::<()>();
        Scenario::new().thread("reader", move || {
            let _kept = sender;
            receiver.recv().ok();
        })
    });
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
}

#[test]
fn a_loop_that_waits_without_giving_way_never_ends() {
    fn scenario(waiters: usize, wait: fn()) -> Scenario {
        let shared = (AtomicBool::new(false), wait);
        let (flag, scenario) = together(waiters, shared, |(flag, wait)| {
            while !flag.load(SeqCst) {
                wait();
            }
        });
        scenario.thread("setter", move || flag.0.store(true, SeqCst))
    }
    assert!(matches!(
        failure(|| scenario(1, || ())).kind,
        FailureKind::Livelock { .. }
    ));
    executions(|| scenario(1, thread::yield_now));
    executions(|| scenario(1, hint::spin_loop));
    // Not even two may give way to each other for ever, while a third could end it.
    executions(|| scenario(2, thread::yield_now));
}

#[test]
fn tasks_that_give_way_for_ever_never_end() {
    let failure = failure(|| {
        let (_, scenario) = together(2, AtomicBool::new(false), |flag| {
            while !flag.load(SeqCst) {
                thread::yield_now();
            }
        });
        scenario
    });
    assert!(matches!(failure.kind, FailureKind::Livelock { .. }));
}

#[test]
fn a_panic_in_a_spawned_task_is_its_own() {
    let failure = failure(|| {
        Scenario::new().thread("parent", || {
            let child = thread::Builder::new().name("child".to_owned());
            child.spawn(|| panic!("no more")).unwrap().join().unwrap();
        })
    });
    let FailureKind::Panic {
        task,
        message,
        in_final_check,
        ..
    } = failure.kind
    else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(
        (
            failure.record.tasks[task.index()].name.as_str(),
            message.as_str()
        ),
        ("child", "no more")
    );
    assert!(!in_final_check);
}

#[test]
fn a_panic_that_the_code_catches_is_no_failure() {
    let count = executions(|| {
        let (lock, scenario) = together(2, Mutex::new(0), |lock| {
            let caught = std::panic::catch_unwind(AssertUnwindSafe(|| {
                *lock.lock() += 1;
                let _guard = lock.lock();
                panic!("caught");
            }));
            assert!(caught.is_err());
            *lock.lock() += 1;
        });
        scenario.finally(move || assert_eq!(*lock.lock(), 4))
    });
    assert!(count > 1);
}

/// Threads that each add one, and now and then one more, which `adds`.
fn now_and_then(adds: fn(&Mutex<u32>)) -> Check {
    use std::sync::atomic::AtomicUsize;
    static EXECUTIONS: AtomicUsize = AtomicUsize::new(0);
    check(move || {
        let (counter, scenario) = together(2, Mutex::new(0), |counter| *counter.lock() += 1);
        let is_even = EXECUTIONS.fetch_add(1, SeqCst).is_multiple_of(2);
        (0..usize::from(is_even)).fold(scenario, |scenario, _| {
            let counter = Arc::clone(&counter);
            scenario.thread("now and then", move || adds(&counter))
        })
    })
}

#[test]
fn code_that_depends_on_more_than_the_schedule_is_neither_refused_nor_verified() {
    let verdict = explore(
        &now_and_then(|counter| *counter.lock() += 1),
        BackEnd::Exhaustive,
    );
    let Verdict::Inconclusive { executions, why } = verdict else {
        panic!("{verdict:?}");
    };
    assert!(executions > 1_000, "{executions}");
    assert!(
        why.starts_with("the same schedule led to another execution"),
        "{why}"
    );
    assert!(why.ends_with("without a failure"), "{why}");
}

#[test]
fn code_that_depends_on_more_than_the_schedule_fails_if_an_execution_does() {
    let check = now_and_then(|counter| assert_eq!(*counter.lock(), 0, "it comes first"));
    for back_end in [BackEnd::Exhaustive, BackEnd::Generated] {
        let verdict = explore(&check, back_end);
        let failure = verdict.failure().expect("it can come second");
        let FailureKind::Panic { message, .. } = &failure.kind else {
            panic!("{:?}", failure.kind);
        };
        assert!(message.contains("it comes first"), "{message}");
        assert!(
            !failure.record.events.is_empty(),
            "{back_end}: what happened is shown"
        );
    }
}

#[test]
fn more_tasks_than_there_can_be_are_refused() {
    let message = given_up(|| {
        Scenario::new().thread("a", || {
            loop {
                thread::spawn(|| ());
            }
        })
    });
    assert!(message.contains("1024"));
}
