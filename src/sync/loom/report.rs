//! What came of one pass over a workload, told by the OS thread that explores to the one that asked.

use super::execution::{self, Execution};
use super::limits::Bound;
use super::pass::Seen;
use crate::explore::record::Record;
use crate::explore::verdict::FailureKind;
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::sync::mpsc;
use std::thread;

/// What came of one pass over a workload.
pub(super) struct Report {
    pub(super) executions: u64,
    pub(super) seen: Seen,
    /// What kept loom from trying every execution.
    pub(super) bound: Option<Bound>,
    pub(super) failure: Option<(FailureKind, Record)>,
    /// Where the loads were made of the execution that is [inspected](super::pass::Pass::inspected).
    pub(super) load_stacks: Vec<Backtrace>,
}

thread_local! {
    /// Where the report goes, on an OS thread that explores.
    static REPORT: RefCell<Option<mpsc::Sender<Report>>> = const { RefCell::new(None) };
    static EXECUTIONS: Cell<u64> = const { Cell::new(0) };
    static SEEN: Cell<Seen> = const { Cell::new(Seen::NOTHING) };
}

/// From here on this OS thread explores, and reports to this sender.
pub(super) fn begin(sender: mpsc::Sender<Report>) {
    REPORT.set(Some(sender));
}

/// Begins another execution, and counts it.
pub(super) fn next_execution() {
    EXECUTIONS.set(EXECUTIONS.get() + 1);
    close_execution();
}

/// How many executions this OS thread has begun.
pub(super) fn executions() -> u64 {
    EXECUTIONS.get()
}

/// What they did that calls for another pass.
pub(super) fn seen() -> Seen {
    SEEN.get()
}

/// Ends the latest execution, if there was one.
pub(super) fn close_execution() -> Option<Execution> {
    let execution = execution::take()?;
    SEEN.set(SEEN.get().and(execution.seen));
    Some(execution)
}

/// Reports, from the OS thread that explores.
pub(super) fn send_report(bound: Option<Bound>, failure: Option<FailureKind>) {
    let mut execution = close_execution();
    let stacks = execution
        .as_mut()
        .and_then(|execution| execution.load_stacks.take());
    let load_stacks = stacks.unwrap_or_default();
    // What an execution found itself explains more than how loom ended.
    let failure = failure.map(|failure| match execution {
        Some(execution) => (execution.failure.unwrap_or(failure), execution.record),
        None => (failure, Record::default()),
    });
    let report = Report {
        executions: EXECUTIONS.get(),
        seen: SEEN.get(),
        bound,
        failure,
        load_stacks,
    };
    if let Some(sender) = REPORT.take() {
        // Whoever asked waits for it.
        let _ = sender.send(report);
    }
}

/// Reports the failure, and stops this OS thread for good.
///
/// For a task that can neither go on, since the execution is over, nor unwind, since it does
/// already: a second panic would abort the process.
pub(super) fn abandon(failure: FailureKind) -> ! {
    send_report(None, Some(failure));
    loop {
        thread::park();
    }
}
