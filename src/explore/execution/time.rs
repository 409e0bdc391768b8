//! The virtual time: every task has its own view of it.
//!
//! How fast tasks are nobody knows, so a task that sleeps can wake up while another has not done a
//! single step: a time-out is a step like any other, always possible, and sleeping synchronises
//! nothing. A task's clock shows the time that must have passed for it: the latest of its own
//! time-outs, and of what the operations that come before its own had seen.
//!
//! Such clocks are those of a real execution: take each operation at the time that its task's clock
//! shows. Along the order of dependent operations clocks never go back, so that the operations, in
//! the order of these times, come to the same. And which clocks tasks see depends on that order
//! only, not on how independent operations happen to follow each other: what passes the time on is
//! the same [relation](crate::explore::dependence) by which the search tells orders apart.
//!
//! A time-out is rare. So operations are noted from the first one on only: before it all clocks are
//! zero. Then each operation is compared with those before it at the same objects.

use super::Execution;
use crate::explore::dependence::act::{Act, Effect};
use crate::explore::dependence::touches::Site;
use crate::explore::dependence::{Relation, relation};
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::record::EventKind;
use crate::explore::model::task::Woken;
use crate::explore::model::update::Keeps;
use std::collections::HashMap;
use std::time::Duration;

/// The operations since the first time-out, with the times at which they were performed.
#[derive(Default, Debug)]
pub(super) struct Times {
    acts: Vec<(Act, Duration)>,
    /// Which of them touched what.
    at: HashMap<Site, Vec<usize>>,
    /// An update of an atomic, of which it is not known yet whether it has changed anything.
    open: Option<Box<Act>>,
}

impl Times {
    pub(super) fn clear(&mut self) {
        self.acts.clear();
        self.at.clear();
        self.open = None;
    }

    /// Adds an operation to those before; the time at which it was performed, if its task had come as
    /// far as `now`.
    fn add(&mut self, act: Act, now: Duration) -> Duration {
        let sites = || act.touches.iter().flatten().map(|(site, _)| *site);
        let lists = sites().filter_map(|site| self.at.get(&site));
        let before = lists.flatten().map(|&number| &self.acts[number]);
        let later = before.filter(|(other, at)| *at > now && other.task != act.task);
        let passes = later.filter(|(other, _)| relation(other, &act) != Relation::Independent);
        let at = passes.map(|&(_, at)| at).max().unwrap_or(now);
        for site in sites() {
            self.at.entry(site).or_default().push(self.acts.len());
        }
        self.acts.push((act, at));
        at
    }
}

impl Execution {
    /// The task has waited in vain until this time.
    pub(super) fn pass_time(&mut self, task: TaskId, until: Duration) {
        if self.task(task).clock < until {
            self.task_mut(task).clock = until;
            self.has_timed_out = true;
            self.push_event(task, EventKind::TimePassed(until), None);
        }
    }

    /// Lets the task know the time of what its operation comes after.
    pub(super) fn pass_time_on(&mut self, task: TaskId, operation: &Operation, response: Response) {
        if !self.has_timed_out {
            return;
        }
        let act = self.act(task, *operation, response);
        match operation {
            Operation::Update(..) => self.times.open = Some(Box::new(act)),
            _ => self.pass_time_to(act),
        }
        if let (Some(partner), Response::Done) = (self.task(task).partner, response) {
            self.pass_time_at_meeting(task, partner, operation);
        }
    }

    /// The same for an update of an atomic, which has found this value.
    pub(super) fn pass_time_of_update(&mut self, found: u64, keeps: Option<Keeps>) {
        if let Some(mut act) = self.times.open.take() {
            act.finds(found, keeps);
            self.pass_time_to(*act);
        }
    }

    fn pass_time_to(&mut self, act: Act) {
        let task = act.task;
        let now = self.task(task).clock;
        self.task_mut(task).clock = self.times.add(act, now);
    }

    /// Who leaves a channel without room does so after both have come.
    fn pass_time_at_meeting(&mut self, task: TaskId, partner: TaskId, operation: &Operation) {
        use Operation::{OfferReceive, OfferSend, TryReceive, TrySend};
        if let OfferSend(_) | OfferReceive(_) | TrySend(_) | TryReceive(_) = operation {
            let met_at = self.task(task).clock.max(self.task(partner).clock);
            self.task_mut(task).met_at = met_at;
            self.task_mut(partner).met_at = met_at;
        } else {
            let task = self.task_mut(task);
            task.clock = task.clock.max(std::mem::take(&mut task.met_at));
        }
    }

    /// What a task has just done, with the numbers of this execution.
    fn act(&self, task: TaskId, operation: Operation, response: Response) -> Act {
        let mut act = Act::new(task, operation, operation, Some(response), &self.objects);
        self.notified.iter().for_each(|&other| act.lets_go(other));
        if operation.may_be_spurious() {
            let wakes = self.task(task).woken == Some(Woken::Spuriously);
            act.chosen(Effect::Spurious(wakes || response == Response::Spurious));
        }
        act
    }

    /// The final check comes after all that the scenario's threads have done.
    pub(super) fn pass_time_to_final_check(&mut self) {
        let threads = self.tasks.iter().filter(|task| task.info.is_thread);
        let latest = threads.map(|task| task.clock).max();
        let running = self.running;
        self.task_mut(running).clock = latest.unwrap_or_default();
    }
}
