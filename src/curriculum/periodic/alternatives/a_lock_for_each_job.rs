//! Each job has a lock of its own, under which its next time and its state stand. Whoever runs what
//! is due looks at one after the other, chooses, and then looks again at the one that it has chosen.

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::{Mutex, RwLock};
use std::sync::Arc;

/// What is checked.
pub type Solution = ALockForEachJob;

/// The lock of the list is held as long as it takes to copy that.
pub struct ALockForEachJob {
    clock: Clock,
    list: RwLock<List>,
}

#[derive(Default)]
struct List {
    jobs: Vec<Arc<Entry>>,
    added: u64,
}

struct Entry {
    id: JobId,
    rule: Rule,
    job: Job,
    progress: Mutex<Progress>,
}

struct Progress {
    next: Time,
    state: State,
    is_cancelled: bool,
}

impl Entry {
    /// Its next time, if it may begin.
    fn is_due(progress: &Progress, called: Time) -> Option<Time> {
        let is_free = progress.state == State::AtRest && !progress.is_cancelled;
        Some(progress.next).filter(|next| is_free && *next <= called)
    }

    /// False if it is not to run for this time any more.
    fn begin(&self, time: Time, called: Time, now: Time) -> bool {
        let mut progress = self.progress.lock();
        if Entry::is_due(&progress, called) != Some(time) {
            return false;
        }
        progress.state = State::Running;
        while progress.next <= now {
            progress.next = (self.rule)(progress.next);
        }
        true
    }
}

/// A job that has begun, and ends when this is dropped.
struct Begun<'a>(&'a Entry);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.progress.lock().state = State::AtRest;
    }
}

impl ALockForEachJob {
    fn jobs(&self) -> Vec<Arc<Entry>> {
        self.list.read().jobs.clone()
    }

    fn first(&self, called: Time) -> Option<(Time, Arc<Entry>)> {
        let jobs = self.jobs();
        let due = jobs.into_iter().filter_map(|entry| {
            let time = Entry::is_due(&entry.progress.lock(), called)?;
            Some((time, entry))
        });
        due.min_by_key(|(time, _)| *time)
    }
}

impl Periodic for ALockForEachJob {
    fn new(clock: Clock) -> Self {
        let list = RwLock::new(List::default());
        ALockForEachJob { clock, list }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let progress = Progress {
            next: rule((self.clock)()),
            state: State::AtRest,
            is_cancelled: false,
        };
        let mut list = self.list.write();
        list.added += 1;
        let id = JobId(list.added);
        list.jobs.push(Arc::new(Entry {
            id,
            rule,
            job,
            progress: Mutex::new(progress),
        }));
        id
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        let mut list = self.list.write();
        let place = list.jobs.iter().position(|entry| entry.id == id)?;
        let entry = list.jobs.remove(place);
        // Before anybody can be told that it is not in the list.
        let mut progress = entry.progress.lock();
        progress.is_cancelled = true;
        let state = progress.state;
        drop((progress, list));
        Some(state)
    }

    fn run_pending(&self) {
        let called = (self.clock)();
        while let Some((time, entry)) = self.first(called) {
            if entry.begin(time, called, (self.clock)()) {
                let _begun = Begun(&entry);
                (entry.job)();
            }
        }
    }

    fn next_run(&self) -> Option<Time> {
        let jobs = self.jobs();
        jobs.iter().map(|entry| entry.progress.lock().next).min()
    }
}
