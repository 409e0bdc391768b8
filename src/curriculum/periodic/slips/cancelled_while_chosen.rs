//! "What I have chosen I take in the next step, and look whether it is still due." Whether it is
//! still in the list nobody asks: a job that was cancelled between the two runs once more.

slip! {
    CancelledWhileChosen,
    caught_by: a_cancelled_job_begins_no_more,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Keeps the job from the first look to the second.
struct CancelledWhileChosen {
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
    jobs: &'a CancelledWhileChosen,
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

impl CancelledWhileChosen {
    fn first(&self, time: Time) -> Option<(JobId, Job)> {
        let list = self.list.lock();
        let jobs = list.jobs.iter();
        let due = jobs.filter(|entry| entry.state == State::AtRest && entry.next <= time);
        let first = due.min_by_key(|entry| entry.next)?;
        Some((first.id, Job::clone(&first.job)))
    }

    /// False if another thread was faster.
    fn take(&self, id: JobId, time: Time) -> bool {
        let mut list = self.list.lock();
        let now = (self.clock)();
        for entry in list.jobs.iter_mut().filter(|entry| entry.id == id) {
            if entry.state == State::Running || entry.next > time {
                return false;
            }
            entry.state = State::Running;
            while entry.next <= now {
                entry.next = (entry.rule)(entry.next);
            }
        }
        true
    }
}

impl Periodic for CancelledWhileChosen {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        CancelledWhileChosen { clock, list }
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
        while let Some((id, job)) = self.first(called) {
            if self.take(id, called) {
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
