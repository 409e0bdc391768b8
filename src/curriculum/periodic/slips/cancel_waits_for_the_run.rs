//! "When `cancel` has returned, the job is not running." So it waits for its end, as to stop a
//! clock does: whoever cancels is held up for as long as the job likes.

slip! {
    CancelWaitsForTheRun,
    caught_by: a_slow_job_holds_up_no_call,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::thread::{self, ThreadId};
use kata::sync::{Condvar, Mutex};

/// Waits, unless it is the job itself that cancels.
struct CancelWaitsForTheRun {
    clock: Clock,
    list: Mutex<List>,
    ended: Condvar,
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
    /// By which thread.
    is_running: Option<ThreadId>,
}

struct Running<'a> {
    jobs: &'a CancelWaitsForTheRun,
    id: JobId,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut list = self.jobs.list.lock();
        if let Some(entry) = list.jobs.iter_mut().find(|entry| entry.id == self.id) {
            entry.is_running = None;
        }
        self.jobs.ended.notify_all();
    }
}

impl CancelWaitsForTheRun {
    fn take(&self, time: Time) -> Option<(JobId, Job)> {
        let mut list = self.list.lock();
        let jobs = list.jobs.iter_mut();
        let due = jobs.filter(|entry| entry.is_running.is_none() && entry.next <= time);
        let first = due.min_by_key(|entry| entry.next)?;
        first.is_running = Some(thread::current().id());
        let now = (self.clock)();
        while first.next <= now {
            first.next = (first.rule)(first.next);
        }
        Some((first.id, Job::clone(&first.job)))
    }
}

impl Periodic for CancelWaitsForTheRun {
    fn new(clock: Clock) -> Self {
        let (list, ended) = (Mutex::default(), Condvar::new());
        CancelWaitsForTheRun { clock, list, ended }
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
            is_running: None,
        });
        id
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        let mut list = self.list.lock();
        let here = thread::current().id();
        loop {
            let place = list.jobs.iter().position(|entry| entry.id == id)?;
            let runner = list.jobs[place].is_running;
            if runner.is_none_or(|runner| runner == here) {
                list.jobs.remove(place);
                return Some(runner.map_or(State::AtRest, |_| State::Running));
            }
            self.ended.wait(&mut list);
        }
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
