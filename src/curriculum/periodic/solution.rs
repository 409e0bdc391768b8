//! The reference solution of `periodic`: one lock for the list, and none while a job runs. Whoever
//! takes a job sets its next time in the same step, and marks it as running.

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// What is checked.
pub type Solution = Planned;

/// A list of jobs, and the clock by which they run.
pub struct Planned {
    clock: Clock,
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    /// In the order of their numbers.
    jobs: Vec<Entry>,
    added: u64,
}

struct Entry {
    id: JobId,
    rule: Rule,
    job: Job,
    next: Time,
    state: State,
}

impl Planned {
    /// Takes the first job that was due at this time. None if there is none left.
    fn take(&self, time: Time) -> Option<(JobId, Job)> {
        let mut list = self.list.lock();
        let jobs = list.jobs.iter_mut();
        let due = jobs.filter(|entry| entry.state == State::AtRest && entry.next <= time);
        // Of equals it is the first one.
        let first = due.min_by_key(|entry| entry.next)?;
        first.state = State::Running;
        let now = (self.clock)();
        while first.next <= now {
            first.next = (first.rule)(first.next);
        }
        Some((first.id, Job::clone(&first.job)))
    }
}

/// A job that is running. It has ended when this is dropped, also by a panic.
struct Run<'a> {
    planned: &'a Planned,
    id: JobId,
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        let mut list = self.planned.list.lock();
        // If it has been cancelled, it is not there.
        let own = list.jobs.iter_mut().find(|entry| entry.id == self.id);
        if let Some(entry) = own {
            entry.state = State::AtRest;
        }
    }
}

impl Periodic for Planned {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        Planned { clock, list }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let next = rule((self.clock)());
        let mut list = self.list.lock();
        list.added += 1;
        let id = JobId(list.added);
        list.jobs.push(Entry {
            id,
            rule,
            job,
            next,
            state: State::AtRest,
        });
        id
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        let mut list = self.list.lock();
        let place = list.jobs.iter().position(|entry| entry.id == id);
        let entry = place.map(|place| list.jobs.remove(place));
        drop(list);
        // Not with the lock held: what the job owns may make calls when it is dropped.
        entry.map(|entry| entry.state)
    }

    fn run_pending(&self) {
        let called = (self.clock)();
        while let Some((id, job)) = self.take(called) {
            let _run = Run { planned: self, id };
            job();
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
