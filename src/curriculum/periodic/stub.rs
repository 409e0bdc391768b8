//! Periodic jobs: each runs again and again, at its times, by whoever calls `run_pending`.
//!
//! In this version a job that comes late counts its next time from now, and all wait while one runs.
//! Change `Jobs` so that it keeps the contract of `kata::periodic::Periodic`; everything in
//! `kata::sync` is yours: `Mutex`, `RwLock`, `atomic`, `channel`, ...
//!
//!     cargo kata check periodic    checks this file, and draws what goes wrong
//!     cargo kata brief periodic    explains the problem
//!     cargo kata                   shows where you stand

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

struct Jobs {
    clock: Clock,
    list: Mutex<Vec<Entry>>,
}

struct Entry {
    id: JobId,
    rule: Rule,
    job: Job,
    next: Time,
}

impl Periodic for Jobs {
    fn new(clock: Clock) -> Self {
        let list = Mutex::new(Vec::new());
        Jobs { clock, list }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let mut list = self.list.lock();
        let id = JobId(list.len() as u64 + 1);
        let next = rule((self.clock)());
        list.push(Entry {
            id,
            rule,
            job,
            next,
        });
        id
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        self.list.lock().retain(|entry| entry.id != id);
        Some(State::AtRest)
    }

    fn run_pending(&self) {
        let now = (self.clock)();
        for entry in self.list.lock().iter_mut() {
            if entry.next <= now {
                (entry.job)();
                entry.next = (entry.rule)(now);
            }
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.iter().map(|entry| entry.next).min()
    }
}

fn main() -> std::process::ExitCode {
    kata::periodic::check::<Jobs>()
}
