//! "When the job has returned it is not running any more." After a panic there is no line that
//! would say so: the job is passed over for ever, as one that is still running.

slip! {
    RunsForEverAfterAPanic,
    caught_by: a_panic_harms_no_schedule,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::Mutex;

/// Says behind the job that it has ended.
struct RunsForEverAfterAPanic {
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

impl RunsForEverAfterAPanic {
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

    fn has_ended(&self, id: JobId) {
        let mut list = self.list.lock();
        if let Some(entry) = list.jobs.iter_mut().find(|entry| entry.id == id) {
            entry.state = State::AtRest;
        }
    }
}

impl Periodic for RunsForEverAfterAPanic {
    fn new(clock: Clock) -> Self {
        let list = Mutex::default();
        RunsForEverAfterAPanic { clock, list }
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
        while let Some((id, job)) = self.take(called) {
            job();
            self.has_ended(id);
        }
    }

    fn next_run(&self) -> Option<Time> {
        let list = self.list.lock();
        list.jobs.iter().map(|entry| entry.next).min()
    }
}
