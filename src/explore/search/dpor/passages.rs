//! What tasks come by between their operations: the marks of their calls, and the births of others.

use crate::explore::model::operation::TaskId;

/// Something that a task has come by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Passage {
    /// How many events there were before.
    pub(super) after: usize,
    pub(super) what: What,
}

/// What that is; tasks go by their names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum What {
    Mark {
        task: TaskId,
        /// The latest of the events that come before it, in every order.
        latest: Vec<usize>,
    },
    Birth {
        parent: TaskId,
        child: TaskId,
    },
    /// It begins after all that these have done.
    FinalCheck {
        threads: Vec<TaskId>,
    },
}
