//! The calls of what is checked, as its recorders tell of them, and the verdict of their judges.
//!
//! They are judged in the order in which the execution has performed its operations, which to loom is one
//! of many with the same happens-before. An answer that is stale in that order is refused, also if
//! nothing that the caller knew of makes it so. A load can be stale, and by a fault of loom's so can a
//! sequentially consistent one: a right counter on an atomic would be refused. So checks of sessions list
//! nothing for loom by themselves.

use super::execution::{self, Execution};
use crate::explore::model::calls::{Begun, Calls};
use crate::explore::operation::TaskId;
use crate::explore::record::Callee;
use crate::explore::verdict::FailureKind;
use crate::text;

/// Makes a call, and records it with its answer. What makes their words
/// performs no operation.
pub fn told<T>(
    callee: impl FnOnce() -> Callee,
    answer: impl FnOnce(&T) -> Option<String>,
    call: impl FnOnce() -> T,
) -> T {
    if !execution::is_live() {
        return call();
    }
    let callee = callee();
    execution::with(|execution| execution.record.begins(execution.running, callee));
    let result = call();
    if execution::is_live() {
        let answer = answer(&result);
        execution::with(|execution| execution.record.returns(execution.running, answer));
    }
    result
}

/// The running task begins a call. That is no step.
pub(crate) fn begin() -> Begun {
    if !execution::is_begun() {
        return Begun::Outside;
    }
    if !execution::is_live() {
        return Begun::Over;
    }
    execution::with(|execution| {
        let task = execution.running;
        Begun::Mark(task, execution.marks.begin(task))
    })
}

/// A call of the running task returns; the number of the mark. `None` if its execution is over.
pub(crate) fn end() -> Option<usize> {
    execution::is_live().then(|| {
        execution::with(|execution| {
            let step = execution.record.events.len();
            execution.marks.end(execution.running, step)
        })
    })
}

/// Lets the calls be judged when all the threads have made theirs; the failure, if they are refused.
pub(super) fn refused(execution: &mut Execution) -> Option<FailureKind> {
    let refusal = calls(execution, None)?.judge().err()?;
    Some(FailureKind::Unexplained(Box::new(refusal.why)))
}

/// The failure, which is a deadlock, once those have judged it who know whether calls may wait.
pub(super) fn judged(execution: &mut Execution, deadlock: FailureKind) -> FailureKind {
    match calls(execution, Some(&deadlock)).map(|calls| calls.judge()) {
        None => deadlock,
        Some(Err(refusal)) => FailureKind::Unexplained(Box::new(refusal.why)),
        Some(Ok(())) => FailureKind::BackEnd {
            message: text!(
                "calls wait for ever here, each with a reason, which says nothing against the \
                      solution. But loom ends its exploration where threads do not end: list no \
                      such session for it"
            )
            .to_owned(),
        },
    }
}

fn calls(execution: &mut Execution, failure: Option<&FailureKind>) -> Option<Calls> {
    let judges = std::mem::take(&mut execution.judges);
    let marks = std::mem::take(&mut execution.marks);
    let tasks = &execution.record.tasks;
    let is_thread = |task: TaskId| tasks[task.index()].is_thread;
    // What goes round in a circle is never judged here.
    Calls::of(judges, marks, failure, &[], is_thread)
}
