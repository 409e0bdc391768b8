//! A thread owns all jobs, and nobody needs a lock: each call is a message to it, with a channel for
//! the answer. Whoever runs what is due asks it for one job after the other.

use kata::periodic::{Clock, Job, JobId, Periodic, Rule, State, Time};
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::thread;

/// What is checked.
pub type Solution = OwnedByAThread;

/// The way to the owner. When nobody has it any more, the owner ends.
pub struct OwnedByAThread {
    clock: Clock,
    owner: Sender<Message>,
}

enum Message {
    Every(Time, Rule, Job, Sender<JobId>),
    Cancel(JobId, Sender<Option<State>>),
    /// What was due at the first time, at which somebody called, and begins at the other.
    Take(Time, Time, Sender<Option<(JobId, Job)>>),
    HasEnded(JobId),
    Next(Sender<Option<Time>>),
}

#[derive(Default)]
struct Owner {
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

/// Nobody misses it if the one who asked has gone.
fn answer<T>(to: &Sender<T>, answer: T) {
    let _ = to.send(answer);
}

impl Owner {
    fn serve(mut self, messages: &Receiver<Message>) {
        for message in messages {
            match message {
                Message::Every(next, rule, job, reply) => {
                    self.added += 1;
                    let id = JobId(self.added);
                    self.jobs.push(Entry {
                        id,
                        rule,
                        job,
                        next,
                        state: State::AtRest,
                    });
                    answer(&reply, id);
                }
                Message::Cancel(id, reply) => {
                    let place = self.jobs.iter().position(|entry| entry.id == id);
                    let entry = place.map(|place| self.jobs.remove(place));
                    answer(&reply, entry.map(|entry| entry.state));
                }
                Message::Take(called, now, reply) => answer(&reply, self.take(called, now)),
                Message::HasEnded(id) => {
                    let mut own = self.jobs.iter_mut().filter(|entry| entry.id == id);
                    if let Some(entry) = own.next() {
                        entry.state = State::AtRest;
                    }
                }
                Message::Next(reply) => {
                    answer(&reply, self.jobs.iter().map(|entry| entry.next).min());
                }
            }
        }
    }

    fn take(&mut self, called: Time, now: Time) -> Option<(JobId, Job)> {
        let jobs = self.jobs.iter_mut();
        let due = jobs.filter(|entry| entry.state == State::AtRest && entry.next <= called);
        let first = due.min_by_key(|entry| entry.next)?;
        first.state = State::Running;
        while first.next <= now {
            first.next = (first.rule)(first.next);
        }
        Some((first.id, Job::clone(&first.job)))
    }
}

impl OwnedByAThread {
    fn tell(&self, message: Message) {
        self.owner
            .send(message)
            .expect("the owner lives as long as this");
    }

    fn ask<T>(&self, message: impl FnOnce(Sender<T>) -> Message) -> T {
        let (reply, answer) = channel::bounded(1);
        self.tell(message(reply));
        answer.recv().expect("the owner answers")
    }
}

/// Says that the job has ended, however that comes.
struct End<'a>(&'a OwnedByAThread, JobId);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.tell(Message::HasEnded(self.1));
    }
}

impl Periodic for OwnedByAThread {
    fn new(clock: Clock) -> Self {
        let (owner, messages) = channel::unbounded();
        thread::spawn(move || Owner::default().serve(&messages));
        OwnedByAThread { clock, owner }
    }

    fn every(&self, rule: Rule, job: Job) -> JobId {
        let first = rule((self.clock)());
        self.ask(|reply| Message::Every(first, rule, job, reply))
    }

    fn cancel(&self, id: JobId) -> Option<State> {
        self.ask(|reply| Message::Cancel(id, reply))
    }

    fn run_pending(&self) {
        let called = (self.clock)();
        while let Some((id, job)) = self.ask(|reply| Message::Take(called, (self.clock)(), reply)) {
            let _end = End(self, id);
            job();
        }
    }

    fn next_run(&self) -> Option<Time> {
        self.ask(Message::Next)
    }
}
