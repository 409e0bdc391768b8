//! One execution: its tasks, its clock, and the rules by which they take turns.
//!
//! Before a visible operation a task *announces* it. So the engine knows what every task is about
//! to do, hence which tasks are *enabled*, and lets the [`Guide`] choose among them. The chosen
//! task then performs its operation and runs on to its next one.

mod effects;
mod endings;
mod events;
mod task;
mod turns;

use task::Woken;
pub(crate) use task::{Pending, Task};

use super::fairness::{Fairness, TaskSet};
use super::guide::{Guide, Step};
use super::objects::{Object, Objects};
use super::operation::{
    Happening, ObjectId, ObjectInfo, Operation, Record, Response, Switch, TaskId, TaskInfo,
};
use super::run::Outcome;
use super::verdict::FailureKind;
use std::panic::Location;
use std::time::Duration;

/// The bounds of one execution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Visible operations, after which the execution counts as a livelock.
    ///
    /// In the second half of them nobody chooses any more: each task runs until it waits or gives
    /// way. There are schedules in which threads that spin get in each other's way for ever, but
    /// code is to blame only if it goes on for ever without such a schedule.
    pub(crate) steps: usize,
    /// Waits that may end without a notification.
    pub(crate) spurious_wakeups: u8,
    /// Timers that may go off while tasks could still run.
    pub(crate) early_timers: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            steps: 5_000,
            spurious_wakeups: 1,
            early_timers: 2,
        }
    }
}

/// What can happen next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Choice {
    /// A task performs its operation.
    Run(TaskId),
    /// The clock moves to the next timer.
    PassTime,
}

/// A point at which the guide chooses whose turn it is.
pub(crate) struct Point<'a> {
    pub(crate) tasks: &'a [Task],
    /// Who could go on, those included whom fairness lets wait.
    pub(crate) enabled: TaskSet,
    /// Some task has given way, or is about to, or has waited with a deadline.
    pub(crate) has_yields_or_timers: bool,
    /// What can happen, the plain continuation first; never empty.
    pub(crate) options: &'a [Choice],
    /// What each option costs; see [`Guide::choose`].
    pub(crate) costs: &'a [u8],
}

/// How far an execution is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// The scenario is being built, or its threads run.
    Running,
    /// The threads have finished and the final check holds; what the code spawned may end.
    Settled,
    /// Nothing more is to be learnt: unfinished tasks are unwound.
    Over,
}

pub(crate) struct Execution {
    /// Tells the objects of this execution from those of others.
    pub(crate) serial: u32,
    pub(crate) tasks: Vec<Task>,
    pub(crate) objects: Objects,
    pub(crate) phase: Phase,
    pub(crate) failure: Option<FailureKind>,
    pub(crate) choices: Vec<u16>,
    pub(crate) record: Option<Record>,
    pub(crate) clock: Duration,
    /// Whose code runs.
    pub(crate) running: TaskId,
    pub(crate) in_final_check: bool,
    /// How many events there were before the panic that is on its way out of the running task.
    panicking_since: Option<usize>,
    guide: Box<dyn Guide>,
    limits: Limits,
    fairness: Fairness,
    /// Who performed the latest operation, whether that was to give way, and whether it counts as
    /// that for fairness.
    last: TaskId,
    last_yielded: bool,
    last_waited_in_vain: bool,
    observed: bool,
    is_shortened: bool,
    steps: usize,
    spurious_left: u8,
    early_timers_left: u8,
    /// How many tasks have begun to run; they do that in order.
    started: usize,
    /// A task may be waiting that will stop at some time.
    has_timers: bool,
    /// A task may have given way.
    has_yields: bool,
    switch: Option<Switch>,
    options: Vec<Choice>,
    costs: Vec<u8>,
    /// Whom the latest operation has notified.
    notified: Vec<TaskId>,
}

/// The allocations of an execution that has ended, for the next one.
#[derive(Default)]
pub(crate) struct Memory {
    tasks: Vec<Task>,
    objects: Objects,
    options: Vec<Choice>,
    costs: Vec<u8>,
    notified: Vec<TaskId>,
    /// How many choices there was room for.
    choices: usize,
}

impl Execution {
    pub(crate) fn new(
        serial: u32,
        guide: Box<dyn Guide>,
        limits: Limits,
        recording: bool,
        memory: Memory,
    ) -> Self {
        Execution {
            serial,
            tasks: memory.tasks,
            objects: memory.objects,
            phase: Phase::Running,
            failure: None,
            choices: Vec::with_capacity(memory.choices),
            record: recording.then(Record::default),
            clock: Duration::ZERO,
            running: TaskId::SETUP,
            in_final_check: false,
            panicking_since: None,
            guide,
            limits,
            fairness: Fairness::default(),
            last: TaskId::SETUP,
            last_yielded: false,
            last_waited_in_vain: false,
            observed: true,
            is_shortened: false,
            steps: 0,
            spurious_left: limits.spurious_wakeups,
            early_timers_left: limits.early_timers,
            // The setup runs before anything is scheduled.
            started: 1,
            has_timers: false,
            has_yields: false,
            switch: None,
            options: memory.options,
            costs: memory.costs,
            notified: memory.notified,
        }
    }

    /// What the execution came to, its guide, and what the next execution can use.
    pub(crate) fn into_outcome(mut self) -> (Outcome, Box<dyn Guide>, Memory) {
        self.tasks.clear();
        self.objects.clear();
        let memory = Memory {
            tasks: self.tasks,
            objects: self.objects,
            options: self.options,
            costs: self.costs,
            notified: self.notified,
            choices: self.choices.capacity(),
        };
        let outcome = Outcome {
            failure: self.failure,
            choices: self.choices,
            record: self.record,
            steps: self.steps,
            is_shortened: self.is_shortened,
        };
        (outcome, self.guide, memory)
    }

    /// How many tasks the latest operation has notified.
    pub(crate) fn notified(&self) -> usize {
        self.notified.len()
    }

    /// How many operations were performed.
    pub(crate) fn steps(&self) -> usize {
        self.steps
    }

    /// True as long as the guide chooses.
    fn is_guided(&self) -> bool {
        self.steps <= self.limits.steps / 2
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

    /// Adds a task that has yet to start; `None` if there are as many as there can be.
    pub(crate) fn add_task(&mut self, name: Option<String>, is_thread: bool) -> Option<TaskId> {
        let id = TaskId(u8::try_from(self.tasks.len()).ok()?);
        if id.index() >= TaskSet::MAX_TASKS {
            return None;
        }
        let name = name.unwrap_or_else(|| format!("spawned-{}", id.0));
        let info = TaskInfo { name, is_thread };
        if let Some(record) = &mut self.record {
            record.tasks.push(info.clone());
        }
        self.tasks.push(Task::new(info));
        self.guide.started(self.running, id);
        Some(id)
    }

    /// Adds a task that drops what was left over when the execution ended, as part of which nobody
    /// sees it; false if there are as many as there can be.
    pub(crate) fn add_heir(&mut self) -> bool {
        let has_room = self.tasks.len() < TaskSet::MAX_TASKS;
        if has_room {
            let name = "heir".to_owned();
            let is_thread = false;
            self.tasks.push(Task::new(TaskInfo { name, is_thread }));
        }
        has_room
    }

    /// Announces the operation that the running task is about to perform.
    pub(crate) fn announce(&mut self, operation: Operation, location: &'static Location<'static>) {
        if let Operation::Receive { channel, .. } = operation {
            self.objects.count_waiting_receiver(channel, true);
        }
        self.has_timers |= operation.deadline().is_some();
        self.has_yields |= operation == Operation::Yield;
        let running = self.running;
        self.task_mut(running).pending = Pending::Operation(operation, location);
    }

    /// Notes whether the running task waits in the place of somebody slow.
    pub(crate) fn note_on_purpose(&mut self, is_wait: bool) {
        let running = self.running;
        self.task_mut(running).on_purpose = is_wait;
    }

    /// True if what the running task has announced need not wait.
    pub(crate) fn is_announced_ready(&self) -> bool {
        let operation = self.task(self.running).operation();
        operation.is_some_and(|operation| self.is_ready(self.running, &operation))
    }

    /// The operation that the running task is about to perform.
    pub(crate) fn announced(&self) -> Option<(Operation, &'static Location<'static>)> {
        match self.task(self.running).pending {
            Pending::Operation(operation, location) => Some((operation, location)),
            _ => None,
        }
    }

    /// Performs the announced operation of the running task.
    pub(crate) fn perform(&mut self) -> Response {
        let task = self.running;
        let (operation, location) = self
            .announced()
            .expect("a task performs what it has announced");
        self.steps += 1;
        self.task_mut(task).operations += 1;
        if self.steps > self.limits.steps && self.phase == Phase::Running {
            self.fail(FailureKind::Livelock {
                steps: self.limits.steps,
            });
            // The task is about to be unwound: what it does not do must not seem done.
            return Response::Done;
        }
        let response = self.apply(task, &operation);
        self.last = task;
        self.last_yielded = operation == Operation::Yield;
        // Whose time is over may well try again, for ever.
        let is_sleep = matches!(operation, Operation::Sleep { .. });
        self.last_waited_in_vain = is_sleep || response == Response::TimedOut;
        self.observed = false;
        let step = Step {
            task,
            operation,
            response,
            notified: &self.notified,
        };
        self.guide.performed(&step, &self.objects);
        self.push_event(
            task,
            Happening::Performed(operation, response),
            Some(location),
        );
        if let (Operation::Wait { condvar, .. }, Some(Woken::Spuriously)) =
            (operation, self.task(task).woken)
        {
            self.push_event(task, Happening::WokeSpuriously(condvar), None);
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
        self.objects.add(object)
    }
}
