//! "First I look for what is due, and then I take it." Two threads can see the same job, before
//! one of them has set its next time: both run it for the same time.

slip! {
    ChosenByTwo,
    caught_by: each_time_has_one_run,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Does not ask whether it is still due.
struct ChosenByTwo {
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
    jobs: &'a ChosenByTwo,
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

impl ChosenByTwo {
    fn first(&self, time: Time) -> Option<JobId> {
        let list = self.list.lock();
        let jobs = list.jobs.iter();
        let due = jobs.filter(|entry| entry.state == State::AtRest && entry.next <= time);
        due.min_by_key(|entry| entry.next).map(|entry| entry.id)
    }

    fn take(&self, id: JobId) -> Option<Job> {
        let mut list = self.list.lock();
        let entry = list.jobs.iter_mut().find(|entry| entry.id == id)?;
        entry.state = State::Running;
        let now = (self.clock)();
        while entry.next <= now {
            entry.next = (entry.rule)(entry.next);
        }
        Some(Job::clone(&entry.job))
    }
}

impl Periodic for ChosenByTwo {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        ChosenByTwo { clock, list }
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
        while let Some(id) = self.first(called) {
            if let Some(job) = self.take(id) {
                let _running = Running { jobs: self, id };
                job();
            }
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
