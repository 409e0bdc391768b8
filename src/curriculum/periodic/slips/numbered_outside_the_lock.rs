//! "Its number is how many there are by then, and one." How many there are is looked up first, and
//! the job is added later: two threads can come to the same number.

slip! {
    NumberedOutsideTheLock,
    caught_by: jobs_are_added_at_the_same_time,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Looks under the lock, and takes it again to add.
struct NumberedOutsideTheLock {
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
    jobs: &'a NumberedOutsideTheLock,
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

impl NumberedOutsideTheLock {
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

impl Periodic for NumberedOutsideTheLock {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        NumberedOutsideTheLock { clock, list }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let next = rule((self.clock)());
        let id = JobId(self.list.lock().added + 1);
        let mut list = self.list.lock();
        list.added = id.0;
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
