//! What loom says of calls.

use super::objects::{Blocking, listed_for_loom};
use super::queue::{Call, Queue};
use crate::explore::tests::options;
use crate::explore::verdict::{Failure, FailureKind};
use crate::explore::{BackEnd, Check, Verdict};
use crate::judge::{Model, Session, check};
use crate::sync::{Mutex, explore};
use crate::timeline::Explanation;

#[track_caller]
fn failure(check: &Check) -> Failure {
    let check = listed_for_loom(check.clone());
    match explore(&check, BackEnd::Loom, &options()) {
        Verdict::Failed(failure) => *failure,
        other => panic!("not failed: {other:?}"),
    }
}

#[test]
fn loom_refuses_an_update_that_is_lost() {
    let model = Model::new(0, |count: &mut u8, add: &u8| {
        *count += add;
        Some(*count)
    });
    let sessions = [Session::of([vec![1], vec![2]])];
    let add = |count: &Mutex<u8>, add| {
        let sum = *count.lock() + add;
        *count.lock() = sum;
        sum
    };
    let check = check("counter", "counts", model, sessions, Mutex::default, add);
    let failure = failure(&check);
    let told = Explanation::of(&failure).what();
    assert!(told.contains("o order of these calls explains"), "{told}");
}

#[test]
fn loom_gives_up_where_a_call_waits_with_a_reason_and_refuses_it_without() {
    let promise = "first in, first out";
    let sessions = [Session::of([
        vec![Call::Get],
        vec![Call::Put(1), Call::Get],
    ])];
    let right = check(
        "queue",
        promise,
        Queue(1),
        sessions.clone(),
        Blocking::new,
        Blocking::perform,
    );
    let listed = listed_for_loom(right);
    let verdict = explore(&listed, BackEnd::Loom, &options());
    let Verdict::Inconclusive { why, .. } = verdict else {
        panic!("loom goes on: {verdict:?}");
    };
    assert!(why.contains("each with a reason"), "{why}");
    // Nothing is ever put.
    let wrong = check(
        "queue",
        promise,
        Queue(1),
        sessions,
        Blocking::new,
        |queue, call| match call {
            Call::Get => queue.perform(Call::Get),
            _ => super::queue::Answer::Done,
        },
    );
    let kind = failure(&wrong).kind;
    assert!(matches!(kind, FailureKind::Unexplained(_)), "{kind:?}");
}
