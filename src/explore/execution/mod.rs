//! One execution: its tasks, its clock, and the rules by which they take turns.
//!
//! Before a visible operation a task *announces* it. So the engine knows what every task is about
//! to do, hence which tasks are *enabled*, and lets the [`Guide`] choose among them. The chosen
//! task then performs its operation and runs on to its next one.

mod effects;
mod turns;

use super::fairness::{Fairness, TaskSet};
use super::guide::{Guide, Step};
use super::objects::{Object, Objects};
use super::operation::{
    Event, Happening, ObjectId, ObjectInfo, Operation, Record, Response, Switch, TaskId, TaskInfo,
};
use super::panics::Caught;
use super::run::Outcome;
use super::verdict::FailureKind;
use std::panic::Location;
use std::time::Duration;

/// The bounds of one execution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Visible operations, after which the execution counts as a livelock.
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
enum Woken {
    Notified,
    Spuriously,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) info: TaskInfo,
    pub(crate) pending: Pending,
    woken: Option<Woken>,
    has_token: bool,
    /// How many operations it has performed.
    pub(crate) operations: usize,
    /// The code is being left by a panic: it must not be suspended in an ordinary way.
    pub(crate) unwinding: bool,
}

impl Task {
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
    steps: usize,
    spurious_left: u8,
    early_timers_left: u8,
    /// How many tasks have begun to run; they do that in order.
    started: usize,
    /// A task may be waiting that will stop at some time.
    has_timers: bool,
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
            steps: 0,
            spurious_left: limits.spurious_wakeups,
            early_timers_left: limits.early_timers,
            // The setup runs before anything is scheduled.
            started: 1,
            has_timers: false,
            switch: None,
            options: memory.options,
            costs: memory.costs,
            notified: memory.notified,
        }
    }

    /// Tells the guide that the execution has ended.
    pub(crate) fn end(&mut self) {
        self.guide.ended(&self.tasks, self.failure.as_ref());
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
        };
        (outcome, self.guide, memory)
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
        self.tasks.push(Task {
            info,
            pending: Pending::Start,
            woken: None,
            has_token: false,
            operations: 0,
            unwinding: false,
        });
        self.guide.started(self.running, id);
        Some(id)
    }

    /// Ends the execution with a failure; the first one counts.
    pub(crate) fn fail(&mut self, failure: FailureKind) {
        if self.failure.is_none() {
            self.failure = Some(failure);
            self.note_pending();
        }
        self.phase = Phase::Over;
    }

    /// Records what the other tasks are about to do.
    fn note_pending(&mut self) {
        if let Some(record) = &mut self.record {
            let tasks = self.tasks.iter().enumerate();
            let tasks = tasks.map(|(index, task)| (TaskId(index as u8), task));
            let others = tasks.filter(|(id, _)| *id != self.running);
            record.pending = others
                .filter_map(|(id, task)| Some((id, task.operation()?)))
                .collect();
        }
    }

    /// Announces the operation that the running task is about to perform.
    pub(crate) fn announce(&mut self, operation: Operation, location: &'static Location<'static>) {
        if let Operation::Receive { channel, .. } = operation {
            self.objects.count_waiting_receiver(channel, true);
        }
        self.has_timers |= operation.deadline().is_some();
        let running = self.running;
        self.task_mut(running).pending = Pending::Operation(operation, location);
    }

    /// True if the running task is the only one of the scenario's threads that has not finished.
    pub(crate) fn is_last_thread(&self) -> bool {
        let is_other =
            |&(index, task): &(usize, &Task)| task.info.is_thread && index != self.running.index();
        let mut others = self.tasks.iter().enumerate().filter(is_other);
        self.task(self.running).info.is_thread && others.all(|(_, task)| task.is_finished())
    }

    /// Notes that the running task begins the scenario's final check.
    pub(crate) fn begin_final_check(&mut self) {
        self.in_final_check = true;
        // Who is the last may be chance: the check must not wait because that one gave way.
        self.fairness = Fairness::default();
        self.last_yielded = false;
        self.observed = true;
        self.guide.final_check(self.running, &self.tasks);
        self.push_event(self.running, Happening::FinalCheck, None);
    }

    /// Notes that the code of the running task has returned.
    pub(crate) fn finish_running_task(&mut self) {
        let running = self.running;
        if self.is_last_thread() && self.phase == Phase::Running {
            self.phase = Phase::Settled;
        }
        self.task_mut(running).pending = Pending::Nothing;
        if !self.task(running).unwinding {
            self.push_event(running, Happening::Finished, None);
        }
    }

    /// Ends the execution because the running task has panicked.
    pub(crate) fn panicked(&mut self, caught: Caught) {
        let task = self.running;
        let Caught { message, location } = caught;
        if self.failure.is_none() {
            if let (Some(since), Some(record)) = (self.panicking_since.take(), &mut self.record) {
                // What destructors did on the way out explains nothing.
                record.events.truncate(since);
            }
            self.push_event(task, Happening::Panicked(message.clone()), None);
        }
        self.begin_unwinding();
        let in_final_check = self.in_final_check && self.task(task).info.is_thread;
        self.fail(FailureKind::Panic {
            task,
            message,
            location,
            in_final_check,
        });
    }

    /// Notes that the code of the running task is being left.
    pub(crate) fn begin_unwinding(&mut self) {
        let running = self.running;
        self.task_mut(running).unwinding = true;
    }

    /// Performs the announced operation of a destructor of the running task, out of turn, since
    /// the execution is over. `None` if it has to wait, or has been at it for too long.
    pub(crate) fn perform_unwinding(&mut self) -> Option<Response> {
        let task = self.running;
        let (operation, _) = self.announced()?;
        let would_wait = !self.is_ready(task, &operation) && operation.deadline().is_none();
        if would_wait || self.steps > 2 * self.limits.steps {
            return None;
        }
        self.steps += 1;
        Some(self.apply(task, &operation))
    }

    /// Notes whether the running task asks for its turn in the middle of a panic of its own.
    pub(crate) fn note_panicking(&mut self, is_panicking: bool) {
        let events = self.record.as_ref().map_or(0, |record| record.events.len());
        self.panicking_since = is_panicking.then(|| self.panicking_since.unwrap_or(events));
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

    /// Records what the running task did without waiting for a turn.
    pub(crate) fn note(&mut self, operation: Operation, location: &'static Location<'static>) {
        let running = self.running;
        self.task_mut(running).operations += 1;
        let performed = Happening::Performed(operation, Response::Done);
        self.push_event(running, performed, Some(location));
    }

    /// Adds a value to the latest operation's event.
    pub(crate) fn note_value(&mut self, value: String) {
        let events = self.record.iter_mut().flat_map(|record| &mut record.events);
        let is_operation = |event: &&mut Event| matches!(event.what, Happening::Performed(..));
        if let Some(event) = events.rev().find(is_operation) {
            event.value = Some(value);
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
        self.notified.clear();
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

    pub(crate) fn push_event(
        &mut self,
        task: TaskId,
        what: Happening,
        location: Option<&'static Location<'static>>,
    ) {
        if let Some(record) = &mut self.record {
            let switch = match what {
                Happening::Performed(..) => self.switch.take(),
                _ => None,
            };
            record.events.push(Event {
                task,
                what,
                location,
                value: None,
                switch,
            });
        }
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
