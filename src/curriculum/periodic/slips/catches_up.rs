//! "After each time comes the next." It may have passed, too: who was away for a night then runs
//! the job for each time of the night, one run after the other.

slip! {
    CatchesUp,
    caught_by: what_was_missed_runs_once,
    engine: OneThread,
    loom: OneThread,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Goes from each time to the next one, whatever the clock shows.
struct CatchesUp {
    clock: Clock,
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
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

struct Running<'a> {
    jobs: &'a CatchesUp,
    id: JobId,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut list = self.jobs.list.lock();
        if let Some(entry) = list.jobs.iter_mut().find(|entry| entry.id == self.id) {
            entry.state = State::AtRest;
        }
    }
}

impl CatchesUp {
    fn take(&self, time: Time) -> Option<(JobId, Job)> {
        let mut list = self.list.lock();
        let jobs = list.jobs.iter_mut();
        let due = jobs.filter(|entry| entry.state == State::AtRest && entry.next <= time);
        let first = due.min_by_key(|entry| entry.next)?;
        first.state = State::Running;
        first.next = (first.rule)(first.next);
        Some((first.id, Job::clone(&first.job)))
    }
}

impl Periodic for CatchesUp {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        CatchesUp { clock, list }
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
        let place = list.jobs.iter().position(|entry| entry.id == id)?;
        Some(list.jobs.remove(place).state)
    }

    fn run_pending(&self) {
        let called = (self.clock)();
        while let Some((id, job)) = self.take(called) {
            let _running = Running { jobs: self, id };
            job();
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
