//! Whose turn it is: which tasks are enabled, what else can happen, and the choice among it.

use super::{Execution, Phase};
use crate::explore::execution::deadlock;
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::record::Switch;
use crate::explore::model::task::{Pending, Task};
use crate::explore::model::task_set::TaskSet;
use crate::explore::strategy::{Candidate, Point};
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
            self.running = TaskId::at(self.started);
            self.started += 1;
            return;
        }
        self.at_rest = false;
        self.choices_before = self.choices.len();
        self.list_readiness();
        for place in 0..self.resting.len() {
            self.note_vain(self.resting[place].0);
        }
        if self.goes_alone() {
            return;
        }
        if !std::mem::replace(&mut self.observed, true) {
            let gave_way = self.last_yielded || self.last_waited_in_vain;
            self.fairness.observe(self.last, gave_way, &self.ready);
        }
        if self.options.is_empty() && self.timers.is_empty() {
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
            let place = self.by_path.iter().position(|other| other == task);
            // Who does not wait for a time goes first.
            (*until, self.task(*task).looks.releases(), place)
        });
        match next {
            Some(&(task, _)) => {
                self.at_rest = true;
                self.release(task);
                self.options.clear();
                self.options.push(Candidate { task, cost: 0 });
                self.fair = 1;
                self.ask_strategy();
                self.give_turn(task);
            }
            None if self.tasks.iter().all(Task::is_finished) => match self.unheard_panic() {
                Some(task) => self.fail_by_kept_panic(task),
                None => self.phase = Phase::Over,
            },
            None => self.nothing_enabled(),
        }
    }

    fn nothing_enabled(&mut self) {
        let failure = deadlock::explain(self);
        self.fail(failure);
    }

    pub(super) fn give_turn(&mut self, task: TaskId) {
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

    #[inline(always)]
    fn readiness(&self, id: TaskId, task: &Task) -> Readiness {
        let Pending::Operation(ref operation, location) = task.pending else {
            return Readiness::Blocked;
        };
        if !self.is_ready(id, operation) {
            return self.timing_out(task, operation);
        }
        let rests = match operation {
            Operation::Yield => task.looks.is_restless(&self.limits),
            _ => task.looks.is_in_vain(operation, location, &self.limits),
        };
        if rests {
            Readiness::Rests(None)
        } else {
            Readiness::Ready
        }
    }

    /// How far a task can go on whose operation has to wait.
    fn timing_out(&self, task: &Task, operation: &Operation) -> Readiness {
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

    /// True if what the running task has announced need not wait.
    pub(crate) fn is_announced_ready(&self) -> bool {
        let operation = self.task(self.running).operation();
        operation.is_some_and(|operation| self.is_ready(self.running, &operation))
    }

    /// Sorts the tasks by how far they can go on. Those that are ready become the options, in the
    /// order of their creation by their parents, beginning with the one that had the turn last.
    fn list_readiness(&mut self) {
        self.ready = TaskSet::default();
        self.options.clear();
        self.timers.clear();
        self.resting.clear();
        let last = self.by_path.iter().position(|&task| task == self.last);
        let (before, from_last) = self.by_path.split_at(last.unwrap_or(0));
        for part in [from_last, before] {
            for &id in part {
                match self.readiness(id, &self.tasks[id.index()]) {
                    Readiness::Ready => {
                        self.ready.insert(id);
                        self.options.push(Candidate { task: id, cost: 0 });
                    }
                    Readiness::Timer(until) => self.timers.push((until, id)),
                    Readiness::Rests(until) => self.resting.push((id, until)),
                    Readiness::Blocked => {}
                }
            }
        }
        if self.timers.len() > 1 {
            let place = |id| self.by_path.iter().position(|&task| task == id);
            self.timers.sort_by_key(|&(until, id)| (until, place(id)));
        }
    }

    /// Puts what can happen next in order, the plain continuation first, and lets the strategy choose.
    /// `None` if it wants nothing of that.
    fn choose(&mut self) -> Option<TaskId> {
        self.order_options();
        if !self.has_choices_left() {
            self.is_truncated |= self.options.len() > 1;
            return Some(self.options[0].task);
        }
        let choice = self.ask_strategy()?;
        if self.options.len() > 1 {
            self.choices.push(choice as u16);
        }
        let Candidate { task, cost } = self.options[choice];
        if let Some(record) = &mut self.record
            && cost > 0
            && !self.ready.contains(task)
        {
            record.early_timers += 1;
        }
        Some(task)
    }

    fn ask_strategy(&mut self) -> Option<usize> {
        self.strategy.choose_turn(&Point {
            tasks: &self.tasks,
            fair: self.fair,
            options: &self.options,
            ready: &self.ready,
        })
    }

    /// Puts the options in order: the task that goes on if it may, others that are ready, those
    /// that must let another go first, those that time out. Tells what each of them costs.
    fn order_options(&mut self) {
        let ready = self.options.len();
        let fair_ones = self.put_fair_first();
        let is_first = fair_ones > 0 && self.options[0].task == self.last;
        let goes_on = is_first && !self.last_yielded;
        // To begin with, who is ready goes on, in the order of fairness; else the next timer goes off.
        self.fair = if fair_ones > 0 {
            fair_ones
        } else {
            ready.max(1)
        };
        // Whoever takes the turn from a task that could go on preempts it.
        let free = if goes_on { 1 } else { self.fair };
        for preempting in self.options.iter_mut().skip(free) {
            preempting.cost = 1;
        }
        // Who times out comes early, and may preempt as well.
        let cost = 1 + u8::from(goes_on);
        let timers = self.timers.iter();
        self.options
            .extend(timers.map(|&(_, task)| Candidate { task, cost }));
        if ready == 0 {
            // Nobody else can go on.
            self.options[0].cost = 0;
        }
    }

    /// Puts those options last that must let another go first. How many others there are: not none,
    /// unless nobody is ready.
    fn put_fair_first(&mut self) -> usize {
        if !self.last_yielded && self.fairness.is_idle() {
            return self.options.len();
        }
        let mut fair = self.fairness.eligible(&self.ready);
        if self.last_yielded && fair.iter_after(self.last).next() != Some(self.last) {
            // Who gives way lets another go first, if one can.
            fair.remove(self.last);
        }
        let gives_way = self.last_yielded || !fair.contains(self.last);
        if gives_way
            && self
                .options
                .first()
                .is_some_and(|first| first.task == self.last)
        {
            // Then it is the last of the round.
            self.options.rotate_left(1);
        }
        let is_fair = |option: &Candidate| fair.contains(option.task);
        self.options.sort_by_key(|option| !is_fair(option));
        self.options.partition_point(is_fair)
    }

    /// Lets the strategy choose among what an operation can come to.
    pub(super) fn choose_effect(&mut self, costs: &[u8]) -> usize {
        if !self.has_choices_left() {
            self.is_truncated = true;
            return 0;
        }
        let choice = self.strategy.choose(costs);
        self.choices.push(choice as u16);
        choice
    }
}
