//! Time: no task waits for it, and each has a clock that shows what it has slept.

use super::{executions, explore, failure, no_limits};
use crate::explore::scenario::Scenario;
use crate::explore::verdict::{FailureKind, Verdict};
use crate::sync::loom::atomic::{AtomicBool, Ordering};
use crate::sync::loom::thread;
use crate::sync::loom::time::{Duration, Instant};
use std::sync::Arc;

/// Waits for a flag in a loop of `pause`.
fn waits(pause: fn()) -> Scenario {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    Scenario::new()
        .thread("waits", move || {
            while !raised.load(Ordering::Acquire) {
                pause();
            }
        })
        .thread("raises", move || flag.store(true, Ordering::Release))
}

#[test]
fn a_loop_of_pauses_ends_once_others_have_acted() {
    let pauses: [fn(); 3] = [
        || thread::sleep(Duration::ZERO),
        || thread::sleep(Duration::MAX),
        || thread::park_timeout(Duration::from_micros(50)),
    ];
    for pause in pauses {
        executions(move || waits(pause));
    }
}

#[test]
fn a_park_that_times_out_leaves_the_token_that_comes_later() {
    executions(|| {
        Scenario::new().thread("a", || {
            let me = thread::current();
            let other = thread::spawn(move || me.unpark());
            let start = Instant::now();
            let timeout = Duration::from_millis(1);
            thread::park_timeout(timeout);
            if start.elapsed() >= timeout {
                thread::park();
            }
            other.join().unwrap();
        })
    });
}

#[test]
fn a_park_that_lasts_until_the_end_of_time_ends_with_a_permit_only() {
    executions(|| {
        Scenario::new().thread("a", || {
            let me = thread::current();
            let other = thread::spawn(move || me.unpark());
            thread::park_timeout(Duration::MAX);
            other.join().unwrap();
        })
    });
    let failure = failure(|| Scenario::new().thread("a", || thread::park_timeout(Duration::MAX)));
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
}

#[test]
fn parking_until_a_deadline_ends() {
    let verdict = explore(no_limits(), || {
        Scenario::new().thread("a", || {
            let deadline = Instant::now() + Duration::from_millis(3);
            while Instant::now() < deadline {
                thread::park_timeout(Duration::from_millis(1));
            }
        })
    });
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
}
