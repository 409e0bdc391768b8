//! One execution: its tasks, its clock, and the rules by which they take turns.
//!
//! Before a visible operation a task *announces* it. So the engine knows what every task is about
//! to do, hence which tasks are *enabled*, and lets the [`Strategy`] choose among them. The chosen
//! task then performs its operation and runs on to its next one.

mod alone;
mod cycle;
pub(crate) mod deadlock;
mod effects;
mod endings;
mod events;
mod fairness;
mod kept_panics;
mod looking;
mod outcome;
mod rendezvous;
mod scheduling;
mod tasks;
pub(crate) mod time;

pub(crate) use alone::{Alone, Vain};
use cycle::Tail;
pub(crate) use outcome::Outcome;

use crate::explore::model::budget::Limits;
use crate::explore::model::calls::Marks;
use crate::explore::model::looks::Looks;
use crate::explore::model::objects::{Object, Objects};
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::model::record::{ObjectInfo, Record, Switch};
use crate::explore::model::task::{Lifecycle, Pending, Task};
use crate::explore::model::task_set::TaskSet;
use crate::explore::model::verdict::FailureKind;
use crate::explore::strategy::{Candidate, Step, Strategy};
use fairness::Fairness;
use std::mem::take;
use std::panic::Location;
use std::time::Duration;
use time::Times;

/// How far an execution is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// The scenario is being built, or its threads run.
    Running,
    /// Nothing more is to be learnt: unfinished tasks are unwound.
    Over,
}

/// It is made, and moved, for each execution: what is rare stands in a box.
pub(crate) struct Execution {
    /// Tells the objects of this execution from those of others.
    pub(crate) serial: u32,
    pub(crate) tasks: Vec<Task>,
    pub(crate) objects: Objects,
    pub(crate) phase: Phase,
    pub(crate) failure: Option<FailureKind>,
    /// A task has panicked, which has ended the execution.
    has_panicked: bool,
    /// A panic is left to whoever joins its task.
    pub(crate) leaves_panics: bool,
    pub(crate) choices: Vec<u16>,
    /// How many of them had been made before the turn was given last.
    choices_before: usize,
    pub(crate) record: Option<Box<Record>>,
    /// Whose code runs.
    pub(crate) running: TaskId,
    pub(crate) in_final_check: bool,
    pub(crate) marks: Marks,
    strategy: Box<dyn Strategy>,
    limits: Limits,
    fairness: Fairness,
    /// Who performed the latest operation.
    last: TaskId,
    /// That operation was to give way.
    last_yielded: bool,
    /// It was a wait that ended by its time: its task may well try again, for ever.
    last_waited_in_vain: bool,
    /// Fairness has learnt of it.
    observed: bool,
    is_truncated: bool,
    steps: usize,
    /// When its length is looked into again: [`Limits::steps`], and then twice as many.
    bound: usize,
    spurious_left: u8,
    /// How many tasks have begun to run; they do that in order.
    started: usize,
    /// The tasks in the order of their paths, where a task's path tells which of its parent's tasks it
    /// is, after the path of its parent. This order is that of every execution.
    by_path: Vec<TaskId>,
    /// For the tasks to come, cleared.
    spare_looks: Vec<Looks>,
    /// Who has looked at something. Invariant: each task whose looks are not empty is in it, once.
    lookers: Vec<TaskId>,
    /// Who can go on now, ...
    ready: TaskSet,
    /// ... who only by timing out, with the time at which they do, in the order of these times, ...
    timers: Vec<(Duration, TaskId)>,
    /// ... and who waits until nothing else can go on, to do so or to time out.
    resting: Vec<(TaskId, Option<Duration>)>,
    /// Nothing else could go on than the tasks that rest.
    at_rest: bool,
    /// What the latest step that chooses has chosen.
    chosen: usize,
    /// A selection of the running task has chosen what to do, and not yet done it.
    pub(crate) has_chosen: bool,
    /// Some task has timed out, so that clocks differ.
    has_timed_out: bool,
    times: Times,
    /// Why the turn has gone from one task to another since the latest event, which the next one tells.
    switch: Option<Switch>,
    /// What the next choice is among; see [`Point`](crate::explore::strategy::Point).
    options: Vec<Candidate>,
    fair: usize,
    /// Whom the latest operation has notified, or given a permit.
    notified: Vec<TaskId>,
    /// What has let the latest operation's task look once more than it may without a change.
    changes: Vec<usize>,
    /// By what that task had looked, in that case.
    watched: Vec<Operation>,
    /// The loops that have begun to wait for a change.
    vain: Vec<Vain>,
    /// Who has looked for a partner at a channel without room, in vain.
    seekers: Vec<rendezvous::Seeker>,
    /// Who had not finished when the bound on operations ended the execution.
    pub(crate) unfinished: Vec<TaskId>,
    /// A task that is to go round alone.
    alone: Option<Alone>,
    tail: Tail,
}

/// The allocations of an execution that has ended, for the next one.
#[derive(Default)]
pub(crate) struct ExecutionBuffers {
    tasks: Vec<Task>,
    objects: Objects,
    by_path: Vec<TaskId>,
    spare_looks: Vec<Looks>,
    lookers: Vec<TaskId>,
    timers: Vec<(Duration, TaskId)>,
    resting: Vec<(TaskId, Option<Duration>)>,
    times: Times,
    options: Vec<Candidate>,
    notified: Vec<TaskId>,
    changes: Vec<usize>,
    watched: Vec<Operation>,
    /// How many choices there was room for.
    choices: usize,
}

impl Execution {
    pub(crate) fn new(
        serial: u32,
        strategy: Box<dyn Strategy>,
        limits: Limits,
        recording: bool,
        alone: Option<Alone>,
        buffers: &mut ExecutionBuffers,
    ) -> Self {
        Execution {
            serial,
            tasks: take(&mut buffers.tasks),
            objects: take(&mut buffers.objects),
            phase: Phase::Running,
            failure: None,
            has_panicked: false,
            leaves_panics: false,
            choices: Vec::with_capacity(buffers.choices),
            choices_before: 0,
            record: recording.then(Box::default),
            running: TaskId::SETUP,
            in_final_check: false,
            marks: Marks::default(),
            strategy,
            limits,
            fairness: Fairness::default(),
            last: TaskId::SETUP,
            last_yielded: false,
            last_waited_in_vain: false,
            observed: true,
            is_truncated: false,
            steps: 0,
            bound: limits.steps,
            spurious_left: limits.spurious,
            // The setup runs before anything is scheduled.
            started: 1,
            by_path: take(&mut buffers.by_path),
            spare_looks: take(&mut buffers.spare_looks),
            lookers: take(&mut buffers.lookers),
            ready: TaskSet::default(),
            timers: take(&mut buffers.timers),
            resting: take(&mut buffers.resting),
            at_rest: false,
            chosen: 0,
            has_chosen: false,
            has_timed_out: false,
            times: take(&mut buffers.times),
            switch: None,
            options: take(&mut buffers.options),
            fair: 0,
            notified: take(&mut buffers.notified),
            changes: take(&mut buffers.changes),
            watched: take(&mut buffers.watched),
            vain: Vec::new(),
            seekers: Vec::new(),
            unfinished: Vec::new(),
            alone,
            tail: Tail::default(),
        }
    }

    /// What the execution came to, and its strategy. What the next execution can use goes into the
    /// buffers.
    pub(crate) fn into_outcome(
        mut self,
        buffers: &mut ExecutionBuffers,
    ) -> (Outcome, Box<dyn Strategy>) {
        let rounds = self.alone.and_then(|mut alone| {
            self.count_rounds(&mut alone);
            alone.rounds(self.limits.looks, self.failure.as_ref())
        });
        let looks = self.tasks.drain(..).map(|task| task.looks.cleared());
        self.spare_looks.extend(looks);
        self.objects.clear();
        self.by_path.clear();
        self.lookers.clear();
        self.times.clear();
        *buffers = ExecutionBuffers {
            tasks: self.tasks,
            objects: self.objects,
            by_path: self.by_path,
            spare_looks: self.spare_looks,
            lookers: self.lookers,
            timers: self.timers,
            resting: self.resting,
            times: self.times,
            options: self.options,
            notified: self.notified,
            changes: self.changes,
            watched: self.watched,
            choices: self.choices.capacity(),
        };
        let outcome = Outcome {
            failure: self.failure,
            choices: self.choices,
            record: self.record.map(|record| *record),
            steps: self.steps,
            is_truncated: self.is_truncated,
            vain: self.vain,
            rounds,
            calls: None,
        };
        (outcome, self.strategy)
    }

    /// How many tasks the latest operation has notified.
    pub(crate) fn notified(&self) -> usize {
        self.notified.len()
    }

    /// What the latest step that chooses has chosen.
    pub(crate) fn chosen(&self) -> usize {
        self.chosen
    }

    /// The running task begins to look at something else.
    pub(crate) fn forget_looks(&mut self) {
        let running = self.running;
        self.task_mut(running).looks.forget();
    }

    /// How many operations were performed.
    pub(crate) fn steps(&self) -> usize {
        self.steps
    }

    pub(crate) fn is_over(&self) -> bool {
        self.phase == Phase::Over
    }

    pub(crate) fn task(&self, id: TaskId) -> &Task {
        &self.tasks[id.index()]
    }

    fn task_mut(&mut self, id: TaskId) -> &mut Task {
        &mut self.tasks[id.index()]
    }

    /// Announces the operation that the running task is about to perform.
    pub(crate) fn announce(&mut self, operation: Operation, location: &'static Location<'static>) {
        self.settle();
        let running = self.running;
        let task = self.task_mut(running);
        task.pending = Pending::Operation(operation, location);
        if task.lifecycle == Lifecycle::Running {
            task.has_heard_of = None;
        }
        if let Operation::Await { .. } = operation {
            self.selection_waits(running);
        }
    }

    /// Notes whether the running task waits in the place of somebody slow.
    pub(crate) fn note_on_purpose(&mut self, is_wait: bool) {
        let running = self.running;
        self.task_mut(running).on_purpose = is_wait;
    }

    /// The operation that the running task is about to perform.
    pub(crate) fn announced(&self) -> Option<(Operation, &'static Location<'static>)> {
        match self.task(self.running).pending {
            Pending::Operation(operation, location) => Some((operation, location)),
            _ => None,
        }
    }

    /// Performs the announced operation of the running task. `may_be_spurious` tells whether it may end,
    /// or fail, without a reason as things stand.
    pub(crate) fn perform(&mut self, may_be_spurious: &dyn Fn() -> bool) -> Response {
        let task = self.running;
        let (operation, location) = self
            .announced()
            .expect("a task performs what it has announced");
        self.steps += 1;
        self.task_mut(task).operations += 1;
        if self.steps > self.bound && self.phase == Phase::Running {
            self.look_at_the_bound();
            if self.is_over() {
                // The task is about to be unwound: what it does not do must not seem done.
                return Response::Done;
            }
        }
        self.marks.perform(task, self.steps - 1);
        self.list_changes(task, &operation, location);
        let is_late = self.task(task).looks.is_late(&self.limits);
        let response = if may_be_spurious() && self.is_spurious() {
            self.notified.clear();
            Response::Spurious
        } else {
            self.apply(task, &operation)
        };
        let waited_in_vain = match operation {
            Operation::Sleep { until } => Some(until),
            _ if response == Response::TimedOut => operation.deadline(),
            _ => None,
        };
        if let Some(until) = waited_in_vain {
            self.pass_time(task, until);
        }
        self.pass_time_on(task, &operation, response);
        let is_clean = self.note_look(task, &operation, location, response);
        self.note_move(task, &operation, location, response, is_clean);
        self.last = task;
        self.last_yielded = matches!(operation, Operation::Yield);
        // Whose time is over may well try again, for ever.
        self.last_waited_in_vain = waited_in_vain.is_some();
        self.observed = false;
        let step = Step {
            task,
            operation: &operation,
            response,
            notified: &self.notified,
            partner: self.tasks[task.index()].partner,
            changes: &self.changes,
            watched: &self.watched,
            is_late: is_late && operation.deadline().is_some(),
            at_rest: self.at_rest,
        };
        self.strategy.performed(&step, &self.objects);
        if self.record.is_some() {
            self.record_performed(task, operation, response, location);
        }
        response
    }

    /// Registers an object; its number is its place in the order of creation.
    pub(crate) fn add_object(
        &mut self,
        object: Object,
        location: &'static Location<'static>,
    ) -> ObjectId {
        if let Some(record) = &mut self.record {
            let kind = object.kind();
            record.objects.push(ObjectInfo { kind, location });
        }
        let id = self.objects.add(object);
        self.strategy.created(self.running, id);
        id
    }
}
