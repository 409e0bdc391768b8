//! A map in the order of the next times, and beside it the jobs that are running: what a job needs
//! is taken out and put in again, under another time.

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;
use std::collections::{BTreeMap, HashSet};

/// What is checked.
pub type Solution = SortedByTime;

/// The first entry is the next one that is due, unless it is running.
pub struct SortedByTime {
    clock: Clock,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    planned: BTreeMap<(Time, JobId), (Rule, Job)>,
    running: HashSet<JobId>,
    added: u64,
}

impl Table {
    /// Where it stands: there is no other way to find it than to look.
    fn place(&self, id: JobId) -> Option<(Time, JobId)> {
        self.planned.keys().find(|place| place.1 == id).copied()
    }

    fn take(&mut self, called: Time, now: Time) -> Option<(JobId, Job)> {
        let places = self.planned.keys().take_while(|place| place.0 <= called);
        let mut free = places.filter(|place| !self.running.contains(&place.1));
        let place = *free.next()?;
        let (rule, job) = self.planned.remove(&place)?;
        let (planned, id) = place;
        let mut times = std::iter::successors(Some(planned), |time| Some(rule(*time)));
        let next = times.find(|time| *time > now)?;
        let again = Job::clone(&job);
        self.planned.insert((next, id), (rule, job));
        self.running.insert(id);
        Some((id, again))
    }
}

/// A job that is running until this is dropped.
struct Run<'a>(&'a SortedByTime, JobId);

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.0.table.lock().running.remove(&self.1);
    }
}

impl Periodic for SortedByTime {
    fn new(clock: Clock) -> Self {
        let table = Mutex::default();
        SortedByTime { clock, table }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let mut table = self.table.lock();
        table.added += 1;
        let id = JobId(table.added);
        let first = rule((self.clock)());
        table.planned.insert((first, id), (rule, job));
        id
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        let mut table = self.table.lock();
        let place = table.place(id)?;
        table.planned.remove(&place);
        Some(if table.running.contains(&id) {
            State::Running
        } else {
            State::AtRest
        })
    }

    fn run_pending(&self) {
        let called = (self.clock)();
        loop {
            let taken = self.table.lock().take(called, (self.clock)());
            let Some((id, job)) = taken else { return };
            let _run = Run(self, id);
            job();
        }
    }

    fn next_run(&self) -> Option<Time> {
        let table = self.table.lock();
        table.planned.keys().next().map(|place| place.0)
    }
}
