//! A task, as the engine sees it.

use super::super::operation::{Operation, TaskInfo};
use std::panic::Location;

/// What a task is about to do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pending {
    /// To run to its first operation.
    Start,
    /// To perform an operation, asked for at this place.
    Operation(Operation, &'static Location<'static>),
    /// Nothing: its code has returned.
    Nothing,
}

/// Why a task that waited at a condvar was woken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Woken {
    Notified,
    Spuriously,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) info: TaskInfo,
    pub(crate) pending: Pending,
    pub(super) woken: Option<Woken>,
    pub(super) has_token: bool,
    /// How many operations it has performed.
    pub(crate) operations: usize,
    /// The code is being left by a panic: it must not be suspended in an ordinary way.
    pub(crate) unwinding: bool,
    /// It waits in the place of somebody slow.
    pub(crate) on_purpose: bool,
}

impl Task {
    pub(super) fn new(info: TaskInfo) -> Self {
        Task {
            info,
            pending: Pending::Start,
            woken: None,
            has_token: false,
            operations: 0,
            unwinding: false,
            on_purpose: false,
        }
    }

    pub(crate) fn is_finished(&self) -> bool {
        matches!(self.pending, Pending::Nothing)
    }

    /// True in a wait that somebody has ended.
    pub(crate) fn is_woken(&self) -> bool {
        self.woken.is_some()
    }

    pub(crate) fn operation(&self) -> Option<Operation> {
        match self.pending {
            Pending::Operation(operation, _) => Some(operation),
            _ => None,
        }
    }
}
