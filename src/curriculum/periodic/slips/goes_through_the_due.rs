//! "First I note down what is due, and then I run it without the lock." One of these jobs may
//! cancel another one that is on the note: it is off the list, and runs all the same.

slip! {
    GoesThroughTheDue,
    caught_by: jobs_make_calls,
    engine: OneThread,
    loom: OneThread,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Takes all that are due at once.
struct GoesThroughTheDue {
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
    jobs: &'a GoesThroughTheDue,
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

impl GoesThroughTheDue {
    fn take_all(&self) -> Vec<(Time, JobId, Job)> {
        let now = (self.clock)();
        let mut list = self.list.lock();
        let mut taken = Vec::new();
        for entry in &mut list.jobs {
            if entry.state == State::Running || entry.next > now {
                continue;
            }
            taken.push((entry.next, entry.id, Job::clone(&entry.job)));
            entry.state = State::Running;
            while entry.next <= now {
                entry.next = (entry.rule)(entry.next);
            }
        }
        taken.sort_by_key(|&(time, id, _)| (time, id));
        taken
    }
}

impl Periodic for GoesThroughTheDue {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        GoesThroughTheDue { clock, list }
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
        for (_, id, job) in self.take_all() {
            let _running = Running { jobs: self, id };
            job();
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
