//! "`run_pending` goes through the list, so it holds its lock." Also while a job runs: if that
//! cancels another one, it waits for a lock that its own thread holds.

slip! {
    LockHeldWhileAJobRuns,
    caught_by: jobs_make_calls,
    engine: SelfDeadlock,
    loom: SelfDeadlock,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Gives its lock back when all is done.
struct LockHeldWhileAJobRuns {
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

impl Periodic for LockHeldWhileAJobRuns {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        LockHeldWhileAJobRuns { clock, list }
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
        let now = (self.clock)();
        let mut list = self.list.lock();
        let mut due: Vec<&mut Entry> = list.jobs.iter_mut().collect();
        due.retain(|entry| entry.next <= now);
        due.sort_by_key(|entry| entry.next);
        for entry in due {
            while entry.next <= now {
                entry.next = (entry.rule)(entry.next);
            }
            (entry.job)();
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
