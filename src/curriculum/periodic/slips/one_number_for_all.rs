//! "Jobs are numbered, so I count them." In a static, which is there once for the whole program:
//! the first job of a second list is not number 1.

slip! {
    OneNumberForAll,
    caught_by: a_cancelled_job_does_not_run,
    engine: OneThread,
    loom: OneThread,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;
use std::cell::Cell;

/// Counts the jobs of all lists together.
struct OneNumberForAll {
    clock: Clock,
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    jobs: Vec<Entry>,
}

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution. And others
// explore at the same time, on OS threads of their own.
std::thread_local! {
    static ADDED: Cell<u64> = const { Cell::new(0) };
}

struct Entry {
    id: JobId,
    rule: Rule,
    job: Job,
    next: Time,
    state: State,
}

struct Running<'a> {
    jobs: &'a OneNumberForAll,
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

impl OneNumberForAll {
    fn take(&self, time: Time) -> Option<(JobId, Job)> {
        let mut list = self.list.lock();
        let jobs = list.jobs.iter_mut();
        let due = jobs.filter(|entry| entry.state == State::AtRest && entry.next <= time);
        let first = due.min_by_key(|entry| entry.next)?;
        first.state = State::Running;
        let now = (self.clock)();
        while first.next <= now {
            first.next = (first.rule)(first.next);
        }
        Some((first.id, Job::clone(&first.job)))
    }
}

impl Periodic for OneNumberForAll {
    fn new(clock: Clock) -> Self {
        ADDED.set(0);
        let list = Mutex::default();
        OneNumberForAll { clock, list }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let next = rule((self.clock)());
        let mut list = self.list.lock();
        ADDED.set(ADDED.get() + 1);
        let id = JobId(ADDED.get());
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
