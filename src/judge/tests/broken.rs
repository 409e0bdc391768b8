//! Objects that break what they promise, and what is said of them.

use super::objects::{Blocking, that_end};
use super::queue::{Answer, Call, Queue};
use crate::explore::tests::options;
use crate::explore::verdict::{Failure, FailureKind, Minimality};
use crate::explore::{BackEnd, Check, Verdict, explore};
use crate::judge::{Model, Session, check};
use crate::sync::atomic::{AtomicBool, AtomicU8, Ordering::SeqCst};
use crate::sync::{Condvar, Mutex, thread};
use crate::timeline::{self, Explanation};

/// The failure, the same by every back end.
#[track_caller]
fn failure(check: &Check) -> Failure {
    let [exhaustive, generated] = [BackEnd::Exhaustive, BackEnd::Generated].map(|back_end| {
        match explore(check, back_end, &options()) {
            Verdict::Failed(failure) => *failure,
            other => panic!("{back_end}: not failed: {other:?}"),
        }
    });
    assert_eq!(exhaustive.kind, generated.kind);
    exhaustive
}

fn what(failure: &Failure) -> String {
    Explanation::of(failure).what()
}

fn page(failure: &Failure) -> String {
    Explanation::of(failure).draw(&timeline::Options::plain(120))
}

fn counter(add: fn(&AtomicU8, u8) -> u8) -> Check {
    let model = Model::new(0, |count: &mut u8, add: &u8| {
        *count += add;
        Some(*count)
    });
    let sessions = [
        Session::of([vec![1]]),
        Session::of([vec![1], vec![2]]).thread("reader", [0]),
    ];
    check("counter", "counts", model, sessions, AtomicU8::default, add)
}

#[test]
fn an_update_that_is_lost_is_refused_and_drawn() {
    let check = counter(|count, add| {
        let sum = count.load(SeqCst) + add;
        count.store(sum, SeqCst);
        sum
    });
    let failure = failure(&check);
    assert_eq!(failure.in_words, "thread-1: 1; thread-2: 2; reader: 0");
    let Minimality::Smallest { disturbances: 1 } = failure.size else {
        panic!("{:?}", failure.size);
    };
    let drawing = "\
a lost update. thread-1 read 0 from count (broken.rs:49), then thread-2 wrote 2 (broken.rs:50), and \
thread-1 wrote 1 over it (broken.rs:50). The update of thread-2 is lost. Nothing kept thread-2 out \
between the read and the write.
So no order of these calls explains what they answered, if each takes effect at one moment between its \
beginning and its return.
  thread-1  1  ├────┤  → 1
  thread-2  2   ├┤     → 2
  reader    0     ├┤   → 2
To 1 of thread-1 the answer could only be 3, not 1. Without this last return there is an order that \
explains the others.";
    assert_eq!(what(&failure), drawing);
    let page = page(&failure);
    assert!(
        page.contains("1 answered 1: no order explains it"),
        "{page}"
    );
}

#[test]
fn an_answer_before_its_time_is_refused() {
    let check = counter(|count, add| match add {
        0 => 9,
        add => count.fetch_add(add, SeqCst) + add,
    });
    let told = what(&failure(&check));
    assert!(told.contains("  reader  0  ├┤  → 9\n"), "{told}");
    assert!(
        told.contains("To 0 of reader the answer could only be 0, not 9."),
        "{told}"
    );
}

fn queue(sessions: Vec<Session<Call>>, perform: fn(&Blocking, Call) -> Answer) -> Check {
    let promise = "first in, first out";
    check("queue", promise, Queue(1), sessions, Blocking::new, perform)
}

#[test]
fn who_does_not_wait_is_refused() {
    let check = queue(that_end(), |queue, call| match call {
        Call::Get => Answer::End,
        call => queue.perform(call),
    });
    let told = what(&failure(&check));
    assert!(
        told.contains("Get of thread-2 answered End, where it had to wait."),
        "{told}"
    );
}

#[test]
fn who_waits_for_ever_without_a_reason_is_refused() {
    let check = queue(that_end(), |queue, call| match call {
        // It takes the item, and does not return.
        Call::Get => {
            let taken = queue.get();
            let never = Mutex::new(());
            Condvar::new().wait(&mut never.lock());
            taken
        }
        call => queue.perform(call),
    });
    let failure = failure(&check);
    let FailureKind::Unexplained(unexplained) = &failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(unexplained.blocked.len(), 1);
    let told = what(&failure);
    let wait = "Get of thread-2 waits for ever, though nothing is in its way: it should have \
                answered Item(1).";
    assert!(told.contains(wait), "{told}");
    assert!(told.contains("  waits for ever\n"), "{told}");
    let page = page(&failure);
    assert!(page.contains("waits for ever for a notification"), "{page}");
}

#[test]
fn a_wait_outside_all_calls_is_a_deadlock_as_ever() {
    let model = Model::new((), |(): &mut (), (): &()| None::<()>);
    let session = Session::of([vec![()]]);
    let never = || {
        let never = Mutex::new(());
        Condvar::new().wait(&mut never.lock());
    };
    let new = move || drop(thread::spawn(never));
    let call = |(): &(), ()| ();
    let check = check("nothing", "nothing", model, [session], new, call);
    // The call returns, which it may not; nobody gets so far as to judge who waits.
    let failure = failure(&check);
    assert!(
        matches!(failure.kind, FailureKind::Deadlock { .. }),
        "{failure:?}"
    );
}

/// A lock: 1 takes it, 0 gives it back.
fn lock(take: fn(&AtomicBool)) -> Check {
    let model = Model::new(false, |is_held: &mut bool, take: &u8| {
        let changes = *is_held != (*take == 1);
        *is_held = *take == 1;
        changes.then_some(())
    });
    let sessions = [
        Session::of([vec![1, 0]]),
        Session::of([vec![1, 0], vec![1, 0]]),
        Session::of([vec![1], vec![1]]),
    ];
    let perform = move |held: &AtomicBool, call| match call {
        0 => held.store(false, SeqCst),
        _ => take(held),
    };
    let promise = "one at a time";
    check(
        "lock",
        promise,
        model,
        sessions,
        AtomicBool::default,
        perform,
    )
}

#[test]
fn a_lock_that_two_can_hold_is_refused() {
    let check = lock(|held| {
        while held.load(SeqCst) {
            thread::yield_now();
        }
        held.store(true, SeqCst);
    });
    let failure = failure(&check);
    assert_eq!(failure.workload, "2");
    let told = what(&failure);
    assert!(
        told.contains("1 of thread-1 answered (), where it had to wait."),
        "{told}"
    );
}

#[test]
fn a_panic_in_a_call_is_told_as_a_panic() {
    let check = counter(|_, add| panic!("cannot add {add}"));
    let failure = failure(&check);
    assert!(
        matches!(failure.kind, FailureKind::Panic { .. }),
        "{failure:?}"
    );
}
