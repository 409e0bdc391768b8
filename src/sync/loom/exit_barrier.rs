//! Where the threads of a scenario end: the last one makes the final check.

use super::calls;
use super::execution::{self, Execution, Status};
use super::pass::Pass;
use super::step;
use crate::explore::scenario::Body;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What the threads come to when their code has returned.
///
/// All that they have done must happen before the final check. A read-modify-write of a loom
/// atomic by each would do, but to loom every order of these is another execution: 414 instead of
/// 26 for three threads that lock once each. A sequentially consistent fence orders as much and is
/// no branch. It orders too much only for a scenario with such fences of its own, whose later ones
/// would then see all that an ended thread has done; so such a scenario is explored again, with
/// the atomic.
pub(super) struct ExitBarrier {
    unfinished: AtomicUsize,
    ends: Option<loom::sync::atomic::AtomicUsize>,
    check: Mutex<Option<Body>>,
}

impl ExitBarrier {
    pub(super) fn new(threads: usize, check: Option<Body>, pass: Pass) -> Self {
        let ends = pass
            .orders_ends
            .then(|| loom::sync::atomic::AtomicUsize::new(0));
        ExitBarrier {
            unfinished: AtomicUsize::new(threads),
            ends,
            check: Mutex::new(check),
        }
    }

    /// Ends a thread's code; the last one to come makes the final check.
    pub(super) fn reach(&self) {
        step::leave_if_over();
        execution::with(|execution| execution.set_status(Status::Finished));
        step::call(|| match &self.ends {
            Some(ends) => drop(ends.fetch_add(1, Ordering::AcqRel)),
            None => loom::sync::atomic::fence(Ordering::SeqCst),
        });
        // No other thread runs between that step and this count.
        let is_last = self.unfinished.fetch_sub(1, Ordering::Relaxed) == 1;
        if !is_last {
            return;
        }
        execution::with(Execution::begin_final_check);
        let check = (self.check.lock())
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(check) = check {
            check();
        }
        if let Some(failure) = execution::with(calls::refused) {
            step::fail(failure);
        }
    }
}
