//! A task, as the engine sees it; and how the code of a task goes on, which loom's side goes by, too.

use super::looks::Looks;
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::record::TaskInfo;
use crate::explore::model::verdict::Caught;
use std::panic::Location;
use std::time::Duration;

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

/// Why a wait at a condvar is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Woken {
    Notified,
    Spuriously,
    TimedOut,
}

/// How the code of a task goes on, or is being left.
///
/// | from | on | to | performs | may wait | if it panics then |
/// |---|---|---|---|---|---|
/// | | it is created | `Running` | in its turn | yes | its destructors come: `Panicking` |
/// | `Running` | an operation in the middle of a panic of its own | `Panicking` | at once | no | the process ends |
/// | `Panicking` | an operation after the panic was caught | `Running` | in its turn | yes | as before |
/// | `Panicking` | an operation that would wait | `Unwinding` | out of turn | see below | the process ends |
/// | `Running`, `Panicking` | the panic has left the task's code | `Unwinding` | nothing more | | |
/// | `Running` | its turn, after the execution has ended | `Unwinding`, by a panic of the engine's | out of turn | see below | the process ends |
///
/// A task that is `Unwinding` waits only for other tasks that are, as long as any of them comes on; then
/// its stack is [lost](crate::explore::runtime::stuck). No path raises a second panic: the engine's is
/// raised in a task that is `Running`, and where that has a panic of its own, the one is let go on. A
/// panic of a destructor in the middle of another ends the process, whoever runs it; `std` sees to that.
///
/// loom's side has the same states and the same ways from one to the next, but for two
/// things. It is loom that decides who goes on, and so an operation in the middle of a panic may wait
/// and let others run. And when an execution has ended, loom is not to be used any more: a task that is
/// `Running` then is unwound as here, but where any task is `Panicking` or `Unwinding` the exploration is
/// abandoned on the spot, and what its tasks own is never dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lifecycle {
    Running,
    /// A panic of its own is on the way out, which it may yet catch; destructors run.
    Panicking {
        /// How many events there were before.
        since: usize,
    },
    /// What the task owns is dropped, for the execution is over for it; destructors run.
    Unwinding,
}

impl Lifecycle {
    /// How the code goes on that asks for an operation, in the middle of a panic or not, after so many
    /// events.
    pub(crate) fn asking(self, is_panicking: bool, events: usize) -> Self {
        match (self, is_panicking) {
            (Lifecycle::Running, true) => Lifecycle::Panicking { since: events },
            (Lifecycle::Panicking { .. }, false) => Lifecycle::Running,
            (same, _) => same,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) info: TaskInfo,
    /// How many tasks there are on the way to it from the setup, which has created the first of them.
    pub(crate) depth: u16,
    /// Where the code has started it; none of the scenario's threads and the setup.
    pub(crate) birth: Option<&'static Location<'static>>,
    /// What the code has called it; its name in drawings is another matter.
    pub(crate) given_name: Option<String>,
    pub(crate) pending: Pending,
    pub(crate) woken: Option<Woken>,
    pub(crate) has_permit: bool,
    /// With whom it exchanges a message directly.
    pub(crate) partner: Option<TaskId>,
    /// The sender that has to leave before this task, its receiver, can.
    pub(crate) leaves_after: Option<TaskId>,
    /// The time at which the two have met.
    pub(crate) met_at: Duration,
    /// Its own view of the time; see [`time`](crate::explore::execution::time).
    pub(crate) clock: Duration,
    pub(crate) looks: Looks,
    /// How many operations it has performed.
    pub(crate) operations: usize,
    pub(crate) lifecycle: Lifecycle,
    /// It waits in the place of somebody slow.
    pub(crate) on_purpose: bool,
    /// Its panic, kept for whoever joins it.
    pub(crate) kept_panic: Option<KeptPanic>,
    /// Whose panic it has heard of, and has performed no operation since.
    pub(crate) has_heard_of: Option<TaskId>,
}

/// The panic of a task, kept for whoever joins it.
#[derive(Debug)]
pub(crate) struct KeptPanic {
    pub(crate) caught: Caught,
    /// How many events there were before it, and what the other tasks were about to do then.
    pub(crate) events: usize,
    pub(crate) pending: Vec<(TaskId, Operation)>,
    /// Whose panic the task had just heard of.
    pub(crate) because_of: Option<TaskId>,
    /// Somebody has been told.
    pub(crate) is_heard: bool,
}

impl Task {
    pub(crate) fn new(info: TaskInfo, depth: u16, looks: Looks) -> Self {
        Task {
            info,
            depth,
            birth: None,
            given_name: None,
            pending: Pending::Start,
            woken: None,
            has_permit: false,
            partner: None,
            leaves_after: None,
            met_at: Duration::ZERO,
            clock: Duration::ZERO,
            looks,
            operations: 0,
            lifecycle: Lifecycle::Running,
            on_purpose: false,
            kept_panic: None,
            has_heard_of: None,
        }
    }

    pub(crate) fn is_unwinding(&self) -> bool {
        self.lifecycle == Lifecycle::Unwinding
    }

    pub(crate) fn is_finished(&self) -> bool {
        matches!(self.pending, Pending::Nothing)
    }

    /// True in a wait that is over.
    pub(crate) fn is_woken(&self) -> bool {
        self.woken.is_some()
    }

    /// True in a call at a channel without room, once it has met somebody.
    pub(crate) fn has_partner(&self) -> bool {
        self.partner.is_some()
    }

    pub(crate) fn operation(&self) -> Option<Operation> {
        match self.pending {
            Pending::Operation(operation, _) => Some(operation),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lifecycle::{self, *};

    #[test]
    fn code_is_in_the_middle_of_a_panic_from_its_first_operation_there_until_it_has_caught_it() {
        let after = |lifecycle: Lifecycle| {
            let asking = |is_panicking| lifecycle.asking(is_panicking, 7);
            [asking(false), asking(true)]
        };
        assert_eq!(after(Running), [Running, Panicking { since: 7 }]);
        assert_eq!(
            after(Panicking { since: 3 }),
            [Running, Panicking { since: 3 }]
        );
        assert_eq!(after(Unwinding), [Unwinding; 2], "there is no way back");
    }
}
