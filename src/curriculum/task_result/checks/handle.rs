//! A solution as the checks use it: each call of it is told as its own.

use super::super::contract::{TaskResult, Value};
use crate::curriculum::seen::{called, must_be_seen};
use crate::text;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Makes the result of a task.
pub(super) type Make = fn() -> Arc<dyn Handle>;

/// A future of it.
pub(super) type Waits<'a> = Pin<Box<dyn Future<Output = Value> + Send + 'a>>;

/// What the tasks come to.
pub(super) const RESULT: Value = 7;

/// The contract, with futures in boxes.
pub(super) trait Handle: Send + Sync {
    fn complete(&self, result: Value);
    fn done(&self) -> bool;
    fn result(&self) -> Waits<'_>;
}

impl<R: TaskResult<Value>> Handle for R {
    fn complete(&self, result: Value) {
        must_be_seen("complete", || TaskResult::complete(self, result));
    }

    fn done(&self) -> bool {
        must_be_seen("done", || TaskResult::done(self))
    }

    fn result(&self) -> Waits<'_> {
        let mut waits = called("result", || Box::pin(TaskResult::result(self)));
        Box::pin(poll_fn(move |context| {
            must_be_seen("poll", || waits.as_mut().poll(context))
        }))
    }
}

/// Awaits the result, in the poll of a future.
pub(super) fn poll(waits: &mut Waits<'_>, context: &mut Context<'_>) -> Poll<Value> {
    waits.as_mut().poll(context)
}

/// Demands that a poll is pending.
#[track_caller]
pub(super) fn expect_pending(polled: Poll<Value>) {
    assert!(
        polled.is_pending(),
        "{}",
        text!("the task has not completed, and its result is said to be ready")
    );
}

/// Demands that a poll has come to the result.
#[track_caller]
pub(super) fn expect_ready(polled: Poll<Value>) {
    match polled {
        Poll::Pending => panic!("{}", text!("the task has completed, and a poll is pending")),
        Poll::Ready(result) => expect_result(result),
    }
}

/// Demands that it is what the task has come to.
#[track_caller]
pub(super) fn expect_result(result: Value) {
    assert!(
        result == RESULT,
        "{}",
        text!(
            "the task has come to {expected}, and its result is said to be {result}",
            expected = RESULT,
            result
        )
    );
}
