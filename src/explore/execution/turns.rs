//! Whose turn it is: which tasks are enabled, what else can happen, and the choice among it.

use super::{Choice, Execution, Pending, Phase, Point, Task};
use crate::explore::deadlock;
use crate::explore::fairness::TaskSet;
use crate::explore::operation::{Happening, Operation, Switch, TaskId};
use std::time::Duration;

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
        loop {
            let enabled = self.enabled();
            if !std::mem::replace(&mut self.observed, true) {
                let gave_way = self.last_yielded || self.last_waited_in_vain;
                self.fairness.observe(self.last, gave_way, enabled);
            }
            if self.phase == Phase::Settled {
                return self.wind_down(enabled);
            }
            if enabled.is_empty() {
                match self.next_timer() {
                    Some(due) => self.pass_time(due),
                    None => return self.nothing_enabled(),
                }
                continue;
            }
            match self.choose(enabled) {
                None => return self.phase = Phase::Over,
                Some(Choice::Run(task)) => return self.give_turn(task, enabled),
                Some(Choice::PassTime) => {
                    let due = self.next_timer().expect("an option only with a timer");
                    self.early_timers_left -= 1;
                    self.pass_time(due);
                }
            }
        }
    }

    /// Lets tasks that the code spawned run on, in a fixed order, until they finish or block.
    fn wind_down(&mut self, enabled: TaskSet) {
        match enabled.iter_after(self.last).next() {
            Some(task) if self.steps < self.limits.steps => self.running = task,
            _ => self.phase = Phase::Over,
        }
    }

    fn nothing_enabled(&mut self) {
        let failure = deadlock::explain(self);
        self.fail(failure);
    }

    fn give_turn(&mut self, task: TaskId, enabled: TaskSet) {
        self.running = task;
        if task == self.last {
            return;
        }
        let last = self.last;
        self.switch = Some(if self.task(last).is_finished() {
            Switch::Finished(last)
        } else if self.last_yielded {
            Switch::Yielded(last)
        } else if enabled.contains(last) {
            Switch::Preempted(last)
        } else {
            Switch::Blocked(last)
        });
    }

    fn is_enabled(&self, id: TaskId, task: &Task) -> bool {
        let Pending::Operation(ref operation, _) = task.pending else {
            return false;
        };
        let is_due = || {
            let deadline = operation.deadline();
            self.has_timers && deadline.is_some_and(|deadline| self.clock >= deadline)
        };
        match operation {
            // A wait that has timed out still needs its mutex back.
            Operation::Wake { .. } => {
                (task.woken.is_some() || is_due()) && self.objects.ready(operation)
            }
            _ => self.is_ready(id, operation) || is_due(),
        }
    }

    fn enabled(&self) -> TaskSet {
        let mut enabled = TaskSet::default();
        self.tasks.iter().enumerate().for_each(|(index, task)| {
            let id = TaskId(index as u8);
            if self.is_enabled(id, task) {
                enabled.insert(id);
            }
        });
        enabled
    }

    /// The next point at which a task stops waiting.
    fn next_timer(&self) -> Option<Duration> {
        // What waits until the end of time waits for ever.
        let is_to_come = |&at: &Duration| at > self.clock && at < Duration::MAX;
        let timer = |task: &Task| match (task.operation(), task.woken) {
            (Some(Operation::Wake { .. }), Some(_)) => None,
            (Some(operation), _) => operation.deadline().filter(is_to_come),
            _ => None,
        };
        self.tasks.iter().filter_map(timer).min()
    }

    fn pass_time(&mut self, due: Duration) {
        self.clock = due;
        let waiter = |task: &Task| task.operation().and_then(|op| op.deadline()) == Some(due);
        let task = self.tasks.iter().position(waiter).unwrap_or(0);
        self.push_event(TaskId(task as u8), Happening::TimePassed(due), None);
    }

    /// Lists what can happen next, the plain continuation first, and lets the guide choose.
    /// `None` if it wants nothing of that.
    fn choose(&mut self, enabled: TaskSet) -> Option<Choice> {
        let mut eligible = self.fairness.eligible(enabled);
        if self.last_yielded && eligible.iter_after(self.last).next() != Some(self.last) {
            // Who gives way lets another go first, if one can.
            eligible.remove(self.last);
        }
        let goes_on = eligible.contains(self.last) && !self.last_yielded;
        self.list_options(eligible, goes_on);
        if !self.is_guided() {
            self.is_shortened |= self.options.len() > 1;
            return Some(self.options[0]);
        }
        let point = Point {
            tasks: &self.tasks,
            enabled,
            has_yields_or_timers: self.has_yields || self.has_timers,
            options: &self.options,
            costs: &self.costs,
        };
        let choice = self.guide.choose_turn(&point)?;
        if self.options.len() > 1 {
            self.choices.push(choice as u16);
        }
        Some(self.options[choice])
    }

    fn list_options(&mut self, mut eligible: TaskSet, goes_on: bool) {
        self.options.clear();
        self.costs.clear();
        if goes_on {
            self.options.push(Choice::Run(self.last));
            self.costs.push(0);
        }
        if goes_on {
            eligible.remove(self.last);
        }
        let after_last = self.last.index() + 1;
        let round = (after_last..self.tasks.len()).chain(0..after_last);
        round.for_each(|index| {
            let task = TaskId(index as u8);
            if eligible.contains(task) {
                self.options.push(Choice::Run(task));
            }
        });
        self.costs.resize(self.options.len(), u8::from(goes_on));
        if self.has_timers && self.early_timers_left > 0 && self.next_timer().is_some() {
            self.options.push(Choice::PassTime);
            self.costs.push(1);
        }
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
