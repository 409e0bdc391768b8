//! What is known after exploring: values, never prints.

use crate::explore::model::budget;
use crate::explore::model::operation::{ObjectId, Operation, TaskId};
use crate::explore::model::options::SetBy;
use crate::explore::model::record::{Event, EventKind, Record};
use crate::explore::model::token::Schedule;
use crate::text;
use std::panic::Location;

/// What is known of a check under one back end.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Every execution of these workloads was tried, all listed ones among them; the exploration ended by
    /// itself.
    Verified {
        /// How many executions there were.
        executions: u64,
        /// How many workloads.
        sessions: u64,
    },
    /// Every execution within a bound was tried, and the exploration ended by itself; but the back
    /// end cannot do without the bound.
    Bounded {
        /// How many executions there were.
        executions: u64,
        /// The bound: "2 turns of giving way for each task", say.
        within: String,
    },
    /// No execution that was tried failed, and nobody wanted to try them all.
    NotRefuted {
        /// How many executions were tried.
        executions: u64,
    },
    /// It could not be told: nothing was refuted, but not all was seen that was to be seen. That is
    /// neither for nor against the code.
    Inconclusive {
        /// How many executions were tried.
        executions: u64,
        /// What came in between, and what can be done.
        why: String,
    },
    /// An execution failed.
    Failed(Box<Failure>),
}

impl Verdict {
    /// The failure, if there is one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Verdict::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// What a failure comes to, some of which are nobody's fault.
    pub fn of(failure: Failure) -> Verdict {
        match failure.kind.inconclusive() {
            Some(why) => Verdict::Inconclusive {
                executions: failure.executions,
                why,
            },
            None => Verdict::Failed(Box::new(failure)),
        }
    }
}

/// An execution that breaks a check, with all that explains it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// The workload, as the check writes it.
    pub workload: String,
    /// The workload in words.
    pub in_words: String,
    /// The choices that make this execution; `None` where the back end cannot replay (loom).
    pub schedule: Option<Schedule>,
    /// What happened.
    pub record: Record,
    /// How many executions were tried until one failed.
    pub executions: u64,
    /// What is known of its size.
    pub size: Minimality,
    /// What is known of the executions that pass; nothing if none was met, and not all were tried.
    pub contrast: Option<Box<Contrast>>,
}

/// How an execution that fails compares with those that pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Contrast {
    /// The nearest execution that passes, where it leaves the one that fails.
    Passes {
        /// Which event of the failure's record it does not have.
        event: usize,
        /// What happens there instead.
        instead: Event,
    },
    /// No execution of the workload passes: all were tried.
    NonePasses {
        /// How many there were; of those that differ only in the order of independent operations, one.
        executions: u64,
    },
}

impl Failure {
    /// How much there is to read: the operations up to the final check; `None` if there is no record.
    pub fn length(&self) -> Option<usize> {
        if self.record.events.is_empty() {
            return None;
        }
        let events = self.record.events.iter().map(|event| &event.what);
        let before = events.take_while(|what| **what != EventKind::FinalCheck);
        let is_operation = |what: &&EventKind| matches!(what, EventKind::Performed(..));
        Some(before.filter(is_operation).count())
    }
}

/// How small a failing execution is known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Minimality {
    /// No smaller workload on the check's list fails, and this one not with fewer preemptions.
    Smallest {
        /// The fewest disturbances (preemptions, spurious ends and failures, early timers) with which it fails.
        disturbances: usize,
    },
    /// It is not one execution that fails, but all of them together.
    All,
    /// The search for a smaller one was cut off.
    CutOff {
        /// How many executions it tried; none of them failed.
        tried: u64,
    },
    /// No smaller one was looked for, or none could be.
    Unknown {
        /// Why.
        why: String,
    },
}

/// What went wrong in an execution. The code is to blame for it, unless it is
/// [inconclusive](FailureKind::inconclusive).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// A task panicked: an assertion of the check, or the code's own.
    Panic {
        /// The task.
        task: TaskId,
        /// The panic's message.
        message: String,
        /// Where it panicked, as `file:line`.
        location: Option<String>,
        /// True if it happened in the check's final assertion.
        in_final_check: bool,
    },
    /// No task can go on, and not all have finished.
    Deadlock {
        /// Every task that waits.
        blocked: Vec<Blocked>,
        /// The tasks that wait for each other in a circle, in order; empty if there is none.
        cycle: Vec<TaskId>,
    },
    /// The execution reached the bound on its operations, and went round in a circle.
    Livelock {
        /// The bound.
        steps: usize,
        /// The places that it came by over and over, in order; empty if the back end does not tell.
        cycle: Vec<Turning>,
    },
    /// The execution reached the bound on its operations, and nothing is known of how it goes on.
    TooLong {
        /// The bound.
        steps: usize,
        /// Who has set it.
        set_by: SetBy,
    },
    /// The same choices led to another execution: the code depends on something else.
    NotDeterministic {
        /// What differed.
        difference: String,
    },
    /// Code used an object of another execution, from a `static` say.
    ForeignObject {
        /// Where.
        location: &'static Location<'static>,
    },
    /// What a scenario [must make possible](super::scenario::Scenario::sometimes) happens in no execution.
    Never {
        /// What never happens.
        property: String,
    },
    /// No order of the calls explains what they have answered, or that some of them wait for ever.
    Unexplained(Box<Unexplained>),
    /// The back end gave up; the message is its own.
    BackEnd {
        /// The message.
        message: String,
    },
}

impl FailureKind {
    /// Why nothing is known, if this says nothing against the code: a sentence or more, without a
    /// capital letter at the beginning.
    pub fn inconclusive(&self) -> Option<String> {
        match self {
            FailureKind::TooLong { steps, set_by } => Some(budget::too_long(*steps, *set_by)),
            FailureKind::NotDeterministic { difference } => Some(text!(
                "the same schedule led to another execution: {difference}. What the code does \
                 depends on something else: on random numbers, the real clock, addresses, the \
                 order of a hash map, or what is kept from one execution to the next, as in a \
                 `static`",
                difference
            )),
            FailureKind::BackEnd { message } => Some(message.clone()),
            _ => None,
        }
    }

    /// Who waits for ever, and in which circle: of a deadlock, or of calls that wait without a reason.
    pub(crate) fn waiting(&self) -> (&[Blocked], &[TaskId]) {
        match self {
            FailureKind::Deadlock { blocked, cycle } => (blocked, cycle),
            FailureKind::Unexplained(unexplained) => (&unexplained.blocked, &unexplained.cycle),
            _ => (&[], &[]),
        }
    }
}

/// The shortest beginning of a history that no order of its calls explains.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unexplained {
    /// The calls, in the order in which they began.
    pub calls: Vec<ToldCall>,
    /// Which of them is to blame: the last that has returned, or one that waits for ever.
    pub blame: usize,
    /// What it could have answered there. Of a call that waits, nothing if it has had its effect
    /// already; of one that has answered, nothing if it had to wait.
    pub instead: Vec<String>,
    /// If one that waits is to blame, all who wait.
    pub blocked: Vec<Blocked>,
    /// The tasks that wait for each other in a circle, as of a [deadlock](FailureKind::Deadlock).
    pub cycle: Vec<TaskId>,
}

/// A call of a history, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldCall {
    /// Who calls.
    pub caller: Caller,
    /// What is called, with its arguments.
    pub call: String,
    /// The place of its beginning among the beginnings and returns.
    pub begins: usize,
    /// The place of its return, and what it answered.
    pub returns: Option<(usize, String)>,
}

/// Who makes a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Caller {
    /// A task of an execution.
    Task(TaskId),
    /// A thread outside explorations, by how many others made calls before it.
    Thread(usize),
}

/// A place that a task comes by over and over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Turning {
    /// The task.
    pub task: TaskId,
    /// Where in the code.
    pub location: &'static Location<'static>,
}

/// A task that cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The task.
    pub task: TaskId,
    /// What it waits to do.
    pub operation: Operation,
    /// Where in the code.
    pub location: Option<&'static Location<'static>>,
    /// Who holds what it waits for.
    pub held_by: Vec<TaskId>,
    /// For a condvar: a notification came before this task waited, and woke nobody.
    pub notified_too_early: bool,
    /// For a channel: it was full or empty and nobody is left to change that.
    pub object: Option<ObjectId>,
    /// It waits in the place of somebody slow, as the check wants it to.
    pub on_purpose: bool,
}

/// A panic that was kept from the process's panic hook.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Caught {
    /// Its message.
    pub(crate) message: String,
    /// Where it happened, as `file:line`; unknown for a panic that the hook did not see.
    pub(crate) location: Option<String>,
}
