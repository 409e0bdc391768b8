//! One execution as a partial order: what happened before what, and which pairs raced.

mod acts;
mod calls;
mod end;

pub(super) use end::Pending;

use super::clocks::{Clock, Clocks, join, meet};
use super::names::Names;
use super::passages::{Passage, What};
use super::race::Race;
use crate::explore::dependence::act::{Act, Effect, Waits};
use crate::explore::dependence::{Relation, can_block, relation};
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::TaskId;
use crate::explore::model::task::Task;
use crate::explore::model::update::Keeps;
use crate::explore::strategy;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An operation of the execution.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) act: Act,
    pub(super) on_path: PathPlace,
    /// The first event that this choice led to. Others follow it only where a panic is on its way
    /// out: what destructors do then belongs to the step.
    pub(super) step: usize,
    /// How many races there were before those of which it is the second operation.
    races: usize,
    /// So many of the first events come before it in every order: they need not be compared with what
    /// its task does next. Known once it is settled.
    after_first: usize,
}

/// Where an operation stands on the path.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct PathPlace {
    /// The choice that led to it.
    pub(super) turn: usize,
    /// How many choices had been made when it had been performed.
    pub(super) depth: usize,
}

/// What is known of a task.
#[derive(Clone, Copy, Default, Debug)]
struct Known {
    /// Its latest event, or else that of its parent before it began.
    latest: Option<usize>,
    /// Its latest partner, and the place of what that one has met it by.
    met: Option<(TaskId, u32)>,
}

/// The events of the present execution.
///
/// It begins with those that the execution has in common with the one before it, as far as they
/// are known from there. While these are repeated, only what is needed to go on from them is kept up.
#[derive(Default, Debug)]
pub(super) struct Trace {
    pub(super) names: Names,
    /// Invariant: the first `performed` ones are those of the present execution. While it repeats the one
    /// before the others are still that one's, and are what it will do.
    pub(super) events: Vec<Event>,
    /// The clocks of the events, as many.
    pub(super) clocks: Clocks,
    /// The races of the events, by their second event.
    pub(super) races: Vec<Race>,
    /// How many of the events the present execution has in common with the one before. Invariant: their
    /// clocks and races stay, since they depend on nothing that comes later.
    pub(super) kept: usize,
    /// How many of the events were performed in the present execution.
    pub(super) performed: usize,
    /// What is known of each task, by name.
    tasks: Vec<Known>,
    /// What the tasks have come by in the present execution.
    passages: Vec<Passage>,
    /// The scenario's threads, before the final check.
    before_final_check: Option<Vec<TaskId>>,
    /// While an event is added: what comes before it, ...
    clock: Vec<u32>,
    /// ... what it cannot come without, ...
    required: Vec<u32>,
    /// So many of the first events are in `required`.
    required_first: usize,
    /// ... and what the search for its races has passed already.
    passed: Vec<u32>,
}

impl Trace {
    /// Begins an execution that differs from the one before first in the choice with this number.
    pub(super) fn begin(&mut self, changed: usize) {
        let kept = self
            .events
            .partition_point(|event| event.on_path.depth <= changed);
        if let Some(event) = self.events.get(kept) {
            self.races.truncate(event.races);
        }
        self.events.truncate(kept);
        self.clocks.truncate(kept);
        self.kept = kept;
        self.performed = 0;
        self.names.begin();
        self.tasks.clear();
        self.passages.clear();
        self.before_final_check = None;
    }

    /// A task begins to exist, after all that its parent has done. False if there are too many.
    pub(super) fn started(&mut self, parent: TaskId) -> bool {
        let Some((parent, name)) = self.names.add_task(parent) else {
            return false;
        };
        if self.tasks.len() < self.names.tasks() {
            self.tasks.resize(self.names.tasks(), Known::default());
        }
        self.tasks[name.index()].latest = self.latest_of(parent);
        self.pass(What::Birth {
            parent,
            child: name,
        });
        true
    }

    fn latest_of(&self, task: TaskId) -> Option<usize> {
        self.tasks[task.index()].latest
    }

    /// What the scenario's threads have done happens before what the last of them does next.
    pub(super) fn final_check(&mut self, last: TaskId, tasks: &[Task]) {
        let all = (0..tasks.len()).map(TaskId::at);
        let threads: Vec<TaskId> = all
            .filter(|task| tasks[task.index()].info.is_thread)
            .map(|task| self.names.task(task))
            .collect();
        self.pass(What::FinalCheck {
            threads: threads.clone(),
        });
        self.before_final_check = Some(threads);
        self.names.begin_final_check(last);
    }

    /// Adds an operation that was performed here, unless the execution before has it in common. False if it had another operation there.
    pub(super) fn performed(
        &mut self,
        step: &strategy::Step<'_>,
        effect: Option<Effect>,
        objects: &Objects,
        on_path: PathPlace,
    ) -> bool {
        let task = self.names.task(step.task);
        let operation = self.names.named(*step.operation);
        if let Some(Event { act, .. }) = self.events.get(self.performed) {
            let known = (act.task, act.operation, act.response);
            if known != (task, operation, Some(step.response)) {
                return false;
            }
            self.note_meeting(step);
            self.tasks[task.index()].latest = Some(self.performed);
            self.performed += 1;
            return true;
        }
        let act = self.act_of(step, operation, effect, objects);
        self.add(act, step, on_path);
        true
    }

    /// Adds an event after all others. Its clocks come when it is [settled](Self::settle).
    fn add(&mut self, mut act: Act, step: &strategy::Step<'_>, on_path: PathPlace) {
        self.clocks.widen(self.names.tasks());
        let task = act.task;
        self.know(task);
        if step.at_rest {
            // Nothing else could go on: it comes after everything, which each task's latest event knows.
            for event in self.tasks.iter().filter_map(|task| task.latest) {
                join(&mut self.required, self.clocks.of(event));
            }
        }
        self.require_any(step.changes);
        act.place = self.required[task.index()] + 1;
        let latest = self.events.last();
        let same_step = latest.filter(|before| before.on_path.turn == on_path.turn);
        let began = same_step.map_or(self.events.len(), |before| before.step);
        self.events.push(Event {
            act,
            on_path,
            step: began,
            races: self.races.len(),
            after_first: 0,
        });
        self.note_meeting(step);
        self.tasks[task.index()].latest = Some(self.performed);
        self.performed += 1;
    }

    /// Takes into `required` what comes before each of these events, themselves included: without
    /// any of them the task would wait on.
    fn require_any(&mut self, events: &[usize]) {
        // Of a task's events the first knows the least.
        let mut firsts: Vec<Option<usize>> = vec![None; self.clocks.width()];
        for &event in events {
            let first = &mut firsts[self.events[event].act.task.index()];
            *first = first.or(Some(event)).min(Some(event));
        }
        let mut firsts = firsts.into_iter().flatten();
        let Some(first) = firsts.next() else {
            return;
        };
        let mut common = self.clocks.of(first).to_vec();
        firsts.for_each(|other| meet(&mut common, self.clocks.of(other)));
        join(&mut self.required, &common);
    }

    /// Sets `required` to what the task knows before its next operation.
    fn know(&mut self, task: TaskId) {
        self.required.clear();
        self.required.resize(self.clocks.width(), 0);
        let latest = self.latest_of(task);
        self.required_first = latest.map_or(0, |event| self.events[event].after_first);
        if let (Names::FINAL_CHECK, Some(threads)) = (task, &self.before_final_check) {
            let tasks = &self.tasks;
            let threads = threads
                .iter()
                .filter_map(|thread| tasks[thread.index()].latest);
            for event in threads.chain(latest) {
                join(&mut self.required, self.clocks.of(event));
            }
        } else if let Some(event) = latest {
            join(&mut self.required, self.clocks.of(event));
        }
    }

    /// Gives the latest event its clocks, and finds its races; false if it has them. To be called
    /// once it is known what the operation came to.
    pub(super) fn settle(&mut self) -> bool {
        if self.is_settled() {
            return false;
        }
        let last = self.events.len() - 1;
        let mut races = std::mem::take(&mut self.races);
        let act = &self.events[last].act;
        let mut required = std::mem::take(&mut self.required);
        // Tasks may have been created since.
        required.resize(self.clocks.width(), 0);
        let known = self.required_first;
        Self::require(
            &self.events[..last],
            known,
            &self.clocks,
            act,
            &mut required,
        );
        let is_known = |event: &Event| is_before(event, &required);
        let mut first_known = known;
        while first_known < last && is_known(&self.events[first_known]) {
            first_known += 1;
        }
        let mut clock = std::mem::take(&mut self.clock);
        clock.clone_from(&required);
        let mut passed = std::mem::take(&mut self.passed);
        passed.clone_from(&required);
        for first in (first_known..last).rev() {
            let event = &self.events[first];
            if is_before(event, &required) || event.act.task == act.task {
                continue;
            }
            let stands = relation(&event.act, act);
            if stands != Relation::Independent {
                join(&mut clock, self.clocks.of(first));
            }
            if stands != Relation::Racing || is_before(event, &passed) {
                continue;
            }
            let is_sure = act.waits == Waits::Never || can_block(&event.act, act);
            if is_sure {
                join(&mut passed, self.clocks.of(first));
            }
            if is_sure || act.waits == Waits::Sometimes {
                races.push(Race {
                    first: event.step,
                    second: self.events[last].step,
                });
            }
        }
        self.add_races_with_the_end(last, &mut clock, &mut races);
        clock[act.task.index()] = self.events[last].act.place;
        self.clocks.push(&clock, &required);
        // With itself, if nothing is missing before it.
        self.events[last].after_first = first_known + usize::from(first_known == last);
        (self.races, self.required, self.clock, self.passed) = (races, required, clock, passed);
        true
    }

    /// True if it is known what the latest event has come to.
    fn is_settled(&self) -> bool {
        self.clocks.events() == self.events.len()
    }

    /// Takes into `required` what has let the operation go on. So many of the first events are there
    /// already.
    fn require(events: &[Event], known: usize, clocks: &Clocks, act: &Act, required: &mut Clock) {
        if act.waits == Waits::Never {
            return;
        }
        for (index, event) in events.iter().enumerate().skip(known).rev() {
            let is_new = event.act.task != act.task && !is_before(event, required);
            if is_new && relation(&event.act, act) == Relation::Enabled {
                join(required, clocks.of(index));
            }
        }
    }

    /// The latest operation has found this value in its atomic; what is settled knows that.
    pub(super) fn latest_found(&mut self, value: u64, keeps: Option<Keeps>) {
        if !self.is_settled()
            && let Some(event) = self.events.last_mut()
        {
            event.act.finds(value, keeps);
        }
    }

    /// What the latest operation has come to, where that may be a choice.
    pub(super) fn latest_effect(&self) -> Option<Effect> {
        let latest = self.performed.checked_sub(1)?;
        self.events[latest].act.effect
    }

    /// A number that tells the partial order of the events from others.
    pub(super) fn order(&self) -> u64 {
        let mut events: Vec<usize> = (0..self.events.len()).collect();
        events.sort_by_key(|&index| (self.events[index].act.task, self.events[index].act.place));
        let mut hasher = DefaultHasher::new();
        for index in events {
            let act = &self.events[index].act;
            let clock = self.clocks.of(index);
            let used = clock
                .iter()
                .rposition(|&seen| seen > 0)
                .map_or(0, |last| last + 1);
            (
                act.task,
                act.operation,
                act.response,
                act.effect,
                &clock[..used],
            )
                .hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// True if the event comes before what has this clock, in every order.
#[inline]
pub(super) fn is_before(event: &Event, clock: &Clock) -> bool {
    clock[event.act.task.index()] >= event.act.place
}
