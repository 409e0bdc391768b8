//! Whose turn it is: which tasks are enabled, what else can happen, and the choice among it.

use super::{Execution, Pending, Phase, Point, Task};
use crate::explore::deadlock;
use crate::explore::fairness::TaskSet;
use crate::explore::operation::{Operation, Switch, TaskId};
use std::time::Duration;

/// How far a task can go on.
enum Readiness {
    /// It can.
    Ready,
    /// Only by timing out, at this point of its clock.
    Timer(Duration),
    /// It could, or time out at this point, but waits until nothing else can go on.
    Rests(Option<Duration>),
    Blocked,
}

impl Execution {
    /// Decides whose turn it is: sets `running`, or ends the execution.
    pub(crate) fn schedule(&mut self) {
        if self.is_over() {
            return;
        }
        if self.started < self.tasks.len() {
            // Up to its first operation a task's order cannot matter: this is no choice.
            self.running = TaskId(self.started as u8);
            self.started += 1;
            return;
        }
        self.at_rest = false;
        self.list_readiness();
        if !std::mem::replace(&mut self.observed, true) {
            let gave_way = self.last_yielded || self.last_waited_in_vain;
            self.fairness.observe(self.last, gave_way, self.ready);
        }
        if self.ready.is_empty() && self.timers.is_empty() {
            return self.nothing_can_go_on();
        }
        match self.choose() {
            None => self.phase = Phase::Over,
            Some(task) => self.give_turn(task),
        }
    }

    /// Ends the execution, or lets the task go on that rests and is next.
    fn nothing_can_go_on(&mut self) {
        let resting = self.resting.iter();
        let next = resting.min_by_key(|(task, until)| {
            let (looks, path) = (&self.task(*task).looks, &self.task(*task).path);
            // Who does not wait for a time goes first.
            (*until, looks.releases(), path)
        });
        match next {
            Some(&(task, _)) => {
                self.at_rest = true;
                self.release(task);
                self.list_options(&[task], 1, true);
                self.ask_guide();
                self.give_turn(task);
            }
            None if self.tasks.iter().all(Task::is_finished) => self.phase = Phase::Over,
            None => self.nothing_enabled(),
        }
    }

    fn nothing_enabled(&mut self) {
        let failure = deadlock::explain(self);
        self.fail(failure);
    }

    fn give_turn(&mut self, task: TaskId) {
        self.running = task;
        if task == self.last {
            return;
        }
        let last = self.last;
        self.switch = Some(if self.task(last).is_finished() {
            Switch::Finished(last)
        } else if self.last_yielded {
            Switch::Yielded(last)
        } else if self.ready.contains(last) {
            Switch::Preempted(last)
        } else {
            Switch::Blocked(last)
        });
    }

    fn readiness(&self, id: TaskId, task: &Task) -> Readiness {
        let Pending::Operation(operation, location) = task.pending else {
            return Readiness::Blocked;
        };
        let place = (operation, location);
        let rests = match operation {
            Operation::Yield => task.looks.is_restless(&self.limits),
            _ => task.looks.is_in_vain(place, &self.objects, &self.limits),
        };
        if self.is_ready(id, &operation) {
            return match rests {
                true => Readiness::Rests(None),
                false => Readiness::Ready,
            };
        }
        match operation.deadline() {
            // What waits until the end of time waits for ever.
            None | Some(Duration::MAX) => Readiness::Blocked,
            // The last part of a wait: its time is over, and it waits for its mutex.
            Some(_) if matches!(operation, Operation::Wake { .. }) => Readiness::Blocked,
            Some(until) if task.looks.is_late(&self.limits) => Readiness::Rests(Some(until)),
            Some(until) => Readiness::Timer(until),
        }
    }

    /// True if the task can go on: without waiting, or by timing out.
    pub(crate) fn can_go_on(&self, id: TaskId) -> bool {
        let readiness = self.readiness(id, self.task(id));
        matches!(readiness, Readiness::Ready | Readiness::Timer(_))
    }

    /// Sorts the tasks by how far they can go on.
    fn list_readiness(&mut self) {
        self.ready = TaskSet::default();
        self.timers.clear();
        self.resting.clear();
        for index in 0..self.tasks.len() {
            let id = TaskId(index as u8);
            match self.readiness(id, &self.tasks[index]) {
                Readiness::Ready => self.ready.insert(id),
                Readiness::Timer(until) => self.timers.push((until, id)),
                Readiness::Rests(until) => self.resting.push((id, until)),
                Readiness::Blocked => {}
            }
        }
        if self.timers.len() > 1 {
            let tasks = &self.tasks;
            let path = |id: TaskId| &tasks[id.index()].path;
            self.timers.sort_by_key(|&(until, id)| (until, path(id)));
        }
    }

    /// Lists what can happen next, the plain continuation first, and lets the guide choose.
    /// `None` if it wants nothing of that.
    fn choose(&mut self) -> Option<TaskId> {
        let mut fair = self.fairness.eligible(self.ready);
        if self.last_yielded && fair.iter_after(self.last).next() != Some(self.last) {
            // Who gives way lets another go first, if one can.
            fair.remove(self.last);
        }
        let goes_on = fair.contains(self.last) && !self.last_yielded;
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        if goes_on {
            order.push(self.last);
        }
        let last = self.last;
        order.extend(
            self.round()
                .filter(|&task| fair.contains(task) && !(goes_on && task == last)),
        );
        let fair_ones = order.len();
        let others = self
            .round()
            .filter(|&task| self.ready.contains(task) && !fair.contains(task));
        order.extend(others);
        let ready = order.len();
        order.extend(self.timers.iter().map(|&(_, task)| task));
        // To begin with, who is ready goes on, in the order of fairness; else the next timer goes off.
        let plain = if fair_ones > 0 {
            fair_ones
        } else {
            ready.max(1)
        };
        self.list_options(&order, plain, !goes_on);
        if goes_on {
            // Who times out comes early, and preempts as well.
            self.costs[ready..].fill(2);
        }
        self.order = order;
        if !self.is_guided() {
            self.is_shortened |= self.options.len() > 1;
            return Some(self.options[0]);
        }
        let choice = self.ask_guide()?;
        if self.options.len() > 1 {
            self.choices.push(choice as u16);
        }
        let task = self.options[choice];
        if let Some(record) = &mut self.record
            && self.costs[choice] > 0
            && !self.ready.contains(task)
        {
            record.early_timers += 1;
        }
        Some(task)
    }

    fn ask_guide(&mut self) -> Option<usize> {
        self.guide.choose_turn(&Point {
            tasks: &self.tasks,
            fair: self.fair,
            options: &self.options,
            ready: self.ready,
            costs: &self.costs,
        })
    }

    /// The tasks, in the order of their creation by their parents, from the one after the last that
    /// had the turn.
    fn round(&self) -> impl Iterator<Item = TaskId> {
        let place = self.by_path.iter().position(|&task| task == self.last);
        let after = place.map_or(0, |place| place + 1);
        let (before, after) = self.by_path.split_at(after);
        after.iter().chain(before).copied()
    }

    /// Makes these tasks the options. The first `plain` of them disturb nothing, if all of them are
    /// `free`; else only the first does not.
    fn list_options(&mut self, tasks: &[TaskId], plain: usize, free: bool) {
        self.options.clear();
        self.options.extend_from_slice(tasks);
        self.fair = plain;
        let free = if free { plain } else { 1 };
        self.costs.clear();
        self.costs.resize(free, 0);
        self.costs.resize(tasks.len(), 1);
    }

    /// Lets the guide choose among what an operation can come to.
    pub(super) fn choose_effect(&mut self, costs: &[u8]) -> usize {
        if !self.is_guided() {
            self.is_shortened = true;
            return 0;
        }
        let choice = self.guide.choose(costs);
        self.choices.push(choice as u16);
        choice
    }
}
