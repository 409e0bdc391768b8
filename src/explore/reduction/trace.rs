//! One execution as a partial order: what happened before what, and which pairs raced.

mod race;

pub(super) use race::Race;

use super::dependence::{Act, Relation, relation};
use crate::explore::execution::Task;
use crate::explore::fairness::TaskSet;
use crate::explore::guide;
use crate::explore::objects::{Object, Objects};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// For each task, how many of its operations happened before.
type Clock = Vec<u32>;

fn join(clock: &mut Clock, other: &Clock) {
    if clock.len() < other.len() {
        clock.resize(other.len(), 0);
    }
    for (mine, theirs) in clock.iter_mut().zip(other) {
        *mine = (*mine).max(*theirs);
    }
}

/// An operation of the execution.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) act: Act,
    /// Its place among its task's operations, from 1.
    place: u32,
    /// What happened before it, itself included.
    clock: Clock,
    /// The choice that led to it; none where there was nothing to choose.
    node: Option<usize>,
    /// Who could have gone on instead.
    enabled: TaskSet,
    /// How many choices had been made when it had been performed.
    depth: usize,
}

impl Event {
    /// True if the other event, or what has this clock, comes after this one in every order.
    fn is_before(&self, clock: &Clock) -> bool {
        clock
            .get(self.act.task.index())
            .is_some_and(|&seen| seen >= self.place)
    }
}

/// How many messages a channel has taken in and given out.
#[derive(Clone, Copy, Default, Debug)]
struct Flow {
    sent: u32,
    received: u32,
}

/// The events of the present execution.
///
/// It begins with those that the execution has in common with the one before it, as far as they
/// are known from there.
#[derive(Default, Debug)]
pub(super) struct Trace {
    events: Vec<Event>,
    /// How many of the events were performed in the present execution.
    performed: usize,
    /// Clocks that are no longer used.
    spare: Vec<Clock>,
    /// What happened before each task's next operation, as far as the task itself knows. Not kept
    /// up while the execution repeats the one before it.
    clocks: Vec<Clock>,
    is_repeating: bool,
    /// The same for the task of the latest event, before that.
    known: Clock,
    /// Each task's parent, and how many events there were when the task began to exist.
    births: Vec<(TaskId, usize)>,
    flows: HashMap<ObjectId, Flow>,
    /// Who has a token from `unpark`.
    tokens: TaskSet,
}

/// How an operation stands to the execution before the present one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Performed {
    /// It was performed in that, too, after the same choices.
    Again,
    /// The two executions do not have it in common.
    Anew,
    /// The same choices led to another operation there.
    Otherwise,
}

impl Trace {
    /// Begins an execution that differs from the one before first in the choice with this number.
    pub(super) fn begin(&mut self, changed: usize) {
        let kept = self.events.partition_point(|event| event.depth <= changed);
        let forgotten = self.events.drain(kept..).map(|event| event.clock);
        self.spare.extend(forgotten);
        self.performed = 0;
        self.is_repeating = true;
        self.births.clear();
        self.flows.clear();
        self.tokens = TaskSet::default();
    }

    /// A copy of a clock.
    fn copy(spare: &mut Vec<Clock>, clock: &Clock) -> Clock {
        let mut copy = spare.pop().unwrap_or_default();
        copy.clone_from(clock);
        copy
    }

    /// A task begins to exist, after all that its parent has done.
    pub(super) fn started(&mut self, parent: TaskId, task: TaskId) {
        debug_assert_eq!(self.births.len(), task.index());
        self.births.push((parent, self.performed));
        if !self.is_repeating {
            self.inherit(parent, task);
        }
    }

    /// A task that begins to exist knows what its parent knows.
    fn inherit(&mut self, parent: TaskId, task: TaskId) {
        if self.clocks.len() <= task.index() {
            self.clocks.resize_with(task.index() + 1, Clock::new);
        }
        // The setup is its own parent.
        let (before, from_task) = self.clocks.split_at_mut(task.index());
        match before.get(parent.index()) {
            Some(known) => from_task[0].clone_from(known),
            None => from_task[0].clear(),
        }
    }

    /// From now on what every task knows is kept up.
    pub(super) fn catch_up(&mut self) {
        if !std::mem::take(&mut self.is_repeating) {
            return;
        }
        let mut clocks = std::mem::take(&mut self.clocks);
        clocks.resize_with(self.births.len(), Clock::new);
        for (task, clock) in (0..).map(TaskId).zip(&mut clocks) {
            match self.known_to(task) {
                Some(known) => clock.clone_from(known),
                None => clock.clear(),
            }
        }
        self.clocks = clocks;
    }

    /// What a task knows now, unless that is nothing: from its own latest operation, or else from
    /// its parent.
    fn known_to(&self, mut task: TaskId) -> Option<&Clock> {
        let mut events = &self.events[..self.performed];
        loop {
            if let Some(latest) = events.iter().rfind(|event| event.act.task == task) {
                return Some(&latest.clock);
            }
            let (parent, birth) = self.births[task.index()];
            // The setup is its own parent.
            if parent == task {
                return None;
            }
            (task, events) = (parent, &events[..birth]);
        }
    }

    /// What the scenario's threads have done happens before what the last of them does next.
    pub(super) fn final_check(&mut self, last: TaskId, tasks: &[Task]) {
        self.catch_up();
        let mut all = Clock::new();
        for (clock, task) in self.clocks.iter().zip(tasks) {
            if task.info.is_thread {
                join(&mut all, clock);
            }
        }
        self.clocks[last.index()] = all;
    }

    /// Adds an operation that was performed, after so many choices.
    ///
    /// `turn` is the choice that led to it, with those who could have gone on; none after the
    /// threads have ended, where there is no choice.
    pub(super) fn performed(
        &mut self,
        step: &guide::Step<'_>,
        objects: &Objects,
        turn: Option<(usize, TaskSet)>,
        depth: usize,
    ) -> Performed {
        let act = self.act_of(step, objects);
        let task = act.task.index();
        if let Some(known) = self.events.get(self.performed) {
            if known.act != act {
                return Performed::Otherwise;
            }
            if !self.is_repeating {
                self.clocks[task].clone_from(&known.clock);
            }
            self.performed += 1;
            return Performed::Again;
        }
        self.catch_up();
        self.known.clone_from(&self.clocks[task]);
        let clock = self.clock_of(&act);
        self.clocks[task].clone_from(&clock);
        self.events.push(Event {
            place: clock[task],
            act,
            clock,
            node: turn.map(|(node, _)| node),
            enabled: turn.map_or_else(TaskSet::all, |(_, enabled)| enabled),
            depth,
        });
        self.performed += 1;
        Performed::Anew
    }

    /// What happened before an operation of which its task knows what it knows now.
    fn clock_of(&mut self, act: &Act) -> Clock {
        let task = act.task.index();
        let mut clock = Self::copy(&mut self.spare, &self.known);
        // From the latest on, which knows most of the others.
        for event in self.events.iter().rev() {
            let is_other = event.act.task != act.task && !event.is_before(&clock);
            if is_other && relation(&event.act, act) != Relation::Independent {
                join(&mut clock, &event.clock);
            }
        }
        if let Operation::Join(child) = act.operation {
            join(&mut clock, &self.clocks[child.index()]);
        }
        if clock.len() <= task {
            clock.resize(task + 1, 0);
        }
        clock[task] += 1;
        clock
    }

    fn act_of(&mut self, step: &guide::Step<'_>, objects: &Objects) -> Act {
        let mut act = Act {
            task: step.task,
            operation: step.operation,
            response: Some(step.response),
            message: None,
            capacity: None,
            notified: step.notified.to_vec(),
        };
        let is_done = step.response == Response::Done;
        match step.operation {
            Operation::Send { channel, .. } | Operation::TrySend(channel) if is_done => {
                let flow = self.flows.entry(channel).or_default();
                act.message = Some(flow.sent);
                flow.sent += 1;
            }
            Operation::Receive { channel, .. } | Operation::TryReceive(channel) if is_done => {
                let flow = self.flows.entry(channel).or_default();
                act.message = Some(flow.received);
                flow.received += 1;
                if let Object::Channel { capacity, .. } = objects.get(channel) {
                    act.capacity = capacity.and_then(|capacity| u32::try_from(capacity).ok());
                }
            }
            Operation::Unpark(target) => {
                if !self.tokens.contains(target) {
                    act.notified.push(target);
                }
                self.tokens.insert(target);
            }
            Operation::Park { .. } => self.tokens.remove(step.task),
            _ => {}
        }
        act
    }

    /// A number that tells the partial order of the events from others.
    pub(super) fn order(&self) -> u64 {
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by_key(|event| (event.act.task, event.place));
        let mut hasher = DefaultHasher::new();
        for event in events {
            let Act {
                task,
                operation,
                response,
                ref notified,
                ..
            } = event.act;
            let clock = event.clock.iter().rposition(|&seen| seen > 0);
            let clock = &event.clock[..clock.map_or(0, |last| last + 1)];
            (task, operation, response, notified, clock).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The latest event's operation.
    pub(super) fn latest_act(&self) -> Option<&Act> {
        let latest = self.events[..self.performed].last();
        latest.map(|event| &event.act)
    }
}
