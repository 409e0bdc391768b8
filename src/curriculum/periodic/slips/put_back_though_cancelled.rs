//! "Who runs a job takes it out of the list, so that nobody else can, and puts it back." Meanwhile
//! `cancel` does not find it, and afterwards it is in the list again.

slip! {
    PutBackThoughCancelled,
    caught_by: jobs_make_calls,
    engine: OneThread,
    loom: OneThread,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Has no place for a job that runs.
struct PutBackThoughCancelled {
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
}

struct Running<'a> {
    jobs: &'a PutBackThoughCancelled,
    entry: Option<Entry>,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut list = self.jobs.list.lock();
        list.jobs.extend(self.entry.take());
        list.jobs.sort_by_key(|entry| entry.id);
    }
}

impl PutBackThoughCancelled {
    fn take(&self, time: Time) -> Option<(Job, Running<'_>)> {
        let mut list = self.list.lock();
        let jobs = list.jobs.iter().enumerate();
        let due = jobs.filter(|(_, entry)| entry.next <= time);
        let (place, _) = due.min_by_key(|(_, entry)| entry.next)?;
        let mut entry = list.jobs.remove(place);
        let now = (self.clock)();
        while entry.next <= now {
            entry.next = (entry.rule)(entry.next);
        }
        let job = Job::clone(&entry.job);
        let entry = Some(entry);
        Some((job, Running { jobs: self, entry }))
    }
}

impl Periodic for PutBackThoughCancelled {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        PutBackThoughCancelled { clock, list }
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
        });
        id
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        let mut list = self.list.lock();
        let place = list.jobs.iter().position(|entry| entry.id == id)?;
        list.jobs.remove(place);
        Some(State::AtRest)
    }

    fn run_pending(&self) {
        let called = (self.clock)();
        while let Some((job, _running)) = self.take(called) {
            job();
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
