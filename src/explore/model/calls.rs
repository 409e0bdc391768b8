//! The calls that an execution makes of what is checked: when they begin and return, and who judges
//! what they have answered.
//!
//! Beginnings and returns are *marks*. They are no operations, and nobody chooses among their orders.
//! A task's mark lies between two of its operations, and could stand anywhere there. In the order of
//! one execution it stands where it tells most: a return right after the operation before it, a
//! beginning right before the one after it. So as many calls as can be have returned before others
//! began.

use crate::explore::model::operation::TaskId;
use crate::explore::model::task::Task;
use crate::explore::model::verdict::{Blocked, FailureKind, Unexplained};
use std::cmp::Ordering;
use std::fmt;

/// The beginning of a call, or its return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    pub(crate) task: TaskId,
    begins: bool,
    /// How many operations of the execution come before it, once that is known.
    step: Option<usize>,
    /// It stands right before the next of them, and not right after the last one.
    is_late: bool,
}

/// What comes of beginning a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Begun {
    /// This task has begun it; the number of the mark.
    Mark(TaskId, usize),
    /// Nothing is explored.
    Outside,
    /// The execution is over, and its tasks are unwound.
    Over,
}

/// The marks of an execution, in the order in which its tasks came by them.
#[derive(Default, Debug)]
pub(crate) struct Marks {
    all: Vec<Mark>,
    /// The beginnings whose tasks have done nothing since. Invariant: they are those whose step is not
    /// known yet.
    open: Vec<usize>,
}

impl Marks {
    /// The task begins a call; the number of the mark.
    pub(crate) fn begin(&mut self, task: TaskId) -> usize {
        self.open.push(self.all.len());
        self.add(task, true, None)
    }

    /// A call of the task returns, after so many operations of the execution.
    pub(crate) fn end(&mut self, task: TaskId, step: usize) -> usize {
        self.place(task, step, false);
        self.add(task, false, Some(step))
    }

    /// The task performs an operation, or creates a task, after so many operations.
    #[inline]
    pub(crate) fn perform(&mut self, task: TaskId, step: usize) {
        if !self.open.is_empty() {
            self.place(task, step, true);
        }
    }

    fn add(&mut self, task: TaskId, begins: bool, step: Option<usize>) -> usize {
        self.all.push(Mark {
            task,
            begins,
            step,
            is_late: begins,
        });
        self.all.len() - 1
    }

    /// What the task has begun, it has begun by now.
    fn place(&mut self, task: TaskId, step: usize, is_late: bool) {
        let all = &mut self.all;
        self.open.retain(|&mark| {
            let mark = &mut all[mark];
            let is_own = mark.task == task;
            if is_own {
                (mark.step, mark.is_late) = (Some(step), is_late);
            }
            !is_own
        });
    }

    /// The order in which they stand in this execution.
    fn order(&self) -> Precedence {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&place| {
            let mark = &self.all[place];
            (mark.step.is_none(), mark.step, mark.is_late, place)
        });
        let mut places = vec![0; order.len()];
        for (place, &mark) in order.iter().enumerate() {
            places[mark] = place;
        }
        Precedence::Total { places }
    }

    /// True if a call of the task has not returned.
    fn is_in_call(&self, task: TaskId) -> bool {
        let own = self.all.iter().filter(|mark| mark.task == task);
        own.map(|mark| if mark.begins { 1 } else { -1 })
            .sum::<i32>()
            > 0
    }
}

/// Which marks come before which.
#[derive(Clone, Debug)]
pub(crate) enum Precedence {
    /// In one execution.
    Total {
        /// The place of each mark.
        places: Vec<usize>,
    },
    /// In all executions that differ only in the order of independent operations.
    Partial {
        /// Of each mark the name of its task, and which of that one's marks it is, from 1.
        own: Vec<(usize, u32)>,
        /// For each mark, how many marks of each task come before it.
        known: Vec<Vec<u32>>,
    },
}

impl Precedence {
    /// True if the one mark comes before the other.
    pub(crate) fn is_before(&self, first: usize, second: usize) -> bool {
        match self {
            Precedence::Total { places } => places[first] < places[second],
            Precedence::Partial { own, known } => {
                let (task, number) = own[first];
                first != second && known[second][task] >= number
            }
        }
    }

    /// Which of two marks of one execution comes first.
    pub(crate) fn compare(&self, first: usize, second: usize) -> Ordering {
        match (self.is_before(first, second), self.is_before(second, first)) {
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }

    /// True if it is the order of one execution.
    pub(crate) fn is_total(&self) -> bool {
        matches!(self, Precedence::Total { .. })
    }
}

/// How the calls of an execution have ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// What has not returned was cut off.
    CutOff,
    /// Nothing moves any more, or all that moves goes round in a circle: what has not returned waits for
    /// ever.
    Rest {
        /// Who waits, if nothing moves.
        blocked: Vec<Blocked>,
        cycle: Vec<TaskId>,
    },
}

/// What a judge says who refuses the calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Refusal {
    pub(crate) why: Unexplained,
    /// The marks in an order that nothing explains.
    pub(crate) order: Vec<usize>,
}

/// Who says whether what was promised explains what calls have answered.
pub(crate) trait Judge: Send {
    /// Judges the calls that were made, all orders that this precedence leaves open.
    fn judge(&self, precedence: &Precedence, end: &End) -> Result<(), Box<Refusal>>;
}

/// The calls of an execution that has ended, for their judges.
pub(crate) struct Calls {
    judges: Vec<Box<dyn Judge>>,
    marks: Marks,
    end: End,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calls({:?}, {:?})", self.marks, self.end)
    }
}

impl Calls {
    /// The calls of an execution that has come to this failure, or to none. `None` if there is
    /// nobody to judge them, or the failure has nothing to do with what they answer.
    pub(crate) fn of(
        judges: Vec<Box<dyn Judge>>,
        marks: Marks,
        failure: Option<&FailureKind>,
        unfinished: &[TaskId],
        is_thread: impl Fn(TaskId) -> bool,
    ) -> Option<Self> {
        if judges.is_empty() {
            return None;
        }
        let end = match failure {
            None => End::CutOff,
            Some(FailureKind::Deadlock { blocked, cycle }) => {
                let waits = |task: TaskId| blocked.iter().any(|entry| entry.task == task);
                let mut callers = marks.all.iter().map(|mark| mark.task);
                // A panic may have left a call open. And what waits between two calls, or with
                // nobody in a call, has no reason that a judge would know of.
                let is_sound = callers.all(|task| waits(task) || !marks.is_in_call(task));
                let is_called = |entry: &Blocked| marks.is_in_call(entry.task);
                let serves = |entry: &Blocked| !is_thread(entry.task);
                let is_meant = blocked.iter().any(is_called)
                    && blocked
                        .iter()
                        .all(|entry| is_called(entry) || serves(entry));
                if !is_sound || !is_meant {
                    return None;
                }
                End::Rest {
                    blocked: blocked.clone(),
                    cycle: cycle.clone(),
                }
            }
            // Who goes round and round waits as well.
            Some(FailureKind::Livelock { .. }) => {
                let mut threads = unfinished.iter().filter(|task| is_thread(**task));
                if !threads.all(|&task| marks.is_in_call(task)) {
                    return None;
                }
                End::Rest {
                    blocked: Vec::new(),
                    cycle: Vec::new(),
                }
            }
            Some(_) => return None,
        };
        Some(Calls { judges, marks, end })
    }

    /// Lets them be judged in the order of the execution.
    pub(crate) fn judge(&self) -> Result<(), Box<Refusal>> {
        self.judge_all(&self.marks.order())
    }

    /// Lets them be judged in all orders that this precedence leaves open.
    pub(crate) fn judge_all(&self, precedence: &Precedence) -> Result<(), Box<Refusal>> {
        let mut judges = self.judges.iter();
        judges.try_for_each(|judge| judge.judge(precedence, &self.end))
    }
}

/// True for the tasks that are threads of the scenario.
pub(crate) fn is_thread(tasks: &[Task]) -> impl Fn(TaskId) -> bool {
    |task| tasks[task.index()].info.is_thread
}
