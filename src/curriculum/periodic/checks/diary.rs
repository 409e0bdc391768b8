//! The clock of the checks, what they note down of jobs, and what they demand of each run.

use crate::curriculum::periodic::contract::{Clock, Job, JobId, Periodic, Rule, State, Time};
use crate::curriculum::seen::{called, called_back_as, must_be_seen, shown};
use crate::text;
use std::sync::{Arc, MutexGuard, PoisonError};

// What a check notes down is nobody's operation, and never held over one.
#[allow(clippy::disallowed_types)]
pub(super) type Note<T> = std::sync::Mutex<T>;

/// What is noted, whoever has panicked meanwhile.
pub(super) fn noted<T>(note: &Note<T>) -> MutexGuard<'_, T> {
    note.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the clock stands when a check begins: not at zero, or to count from there would do.
pub(super) const START: Time = 60;

/// What time it is, and which jobs have run.
pub(super) struct Diary {
    now: Note<Time>,
    runs: Note<Vec<Run>>,
}

/// A job that has begun.
#[derive(Clone, Copy)]
struct Run {
    number: u64,
    at: Time,
    has_ended: bool,
    /// Somebody has asked for it.
    is_told: bool,
}

impl Diary {
    /// Nothing has run, and the clock stands at its start.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Diary {
            now: Note::new(START),
            runs: Note::default(),
        })
    }

    /// The clock. To look at it is no operation: where several threads look, it stands still.
    pub(super) fn clock(self: &Arc<Self>) -> Clock {
        let diary = Arc::clone(self);
        Arc::new(move || diary.now())
    }

    pub(super) fn now(&self) -> Time {
        *noted(&self.now)
    }

    /// What the clock shows so many seconds after its start.
    pub(super) fn at(&self, seconds: Time) -> Time {
        START + seconds
    }

    /// Sets the clock to so many seconds after its start.
    pub(super) fn set(&self, seconds: Time) {
        *noted(&self.now) = START + seconds;
    }

    /// The job of this number, which does this besides.
    pub(super) fn job(
        self: &Arc<Self>,
        number: u64,
        code: impl Fn() + Send + Sync + 'static,
    ) -> Job {
        let diary = Arc::clone(self);
        Arc::new(move || {
            let job = || {
                diary.begins(number);
                let _end = End {
                    diary: &diary,
                    number,
                };
                code();
            };
            called_back_as(|| format!("job_{number}()"), |()| None, job);
        })
    }

    fn begins(&self, number: u64) {
        let at = self.now();
        let mut runs = noted(&self.runs);
        let mut own = runs.iter().rev().filter(|run| run.number == number);
        if let Some(last) = own.next() {
            assert!(
                last.has_ended,
                "{}",
                text!("job {number} begins while it is running", number)
            );
            assert!(
                last.at < at,
                "{}",
                text!(
                    "job {number} runs twice at {at}: its next time has to be later than that",
                    number,
                    at = shown_time(at)
                )
            );
        }
        runs.push(Run {
            number,
            at,
            has_ended: false,
            is_told: false,
        });
    }

    fn ends(&self, number: u64) {
        let mut runs = noted(&self.runs);
        let mut own = runs.iter_mut().rev().filter(|run| run.number == number);
        if let Some(last) = own.next() {
            last.has_ended = true;
        }
    }

    /// True if this job has begun.
    pub(super) fn has_begun(&self, number: u64) -> bool {
        noted(&self.runs).iter().any(|run| run.number == number)
    }

    /// The jobs that have begun since somebody asked last.
    fn news(&self) -> Vec<u64> {
        let mut runs = noted(&self.runs);
        let new = runs.iter_mut().filter(|run| !run.is_told);
        let told = new.map(|run| {
            run.is_told = true;
            run.number
        });
        told.collect()
    }

    /// Since somebody asked last, these have to have run, in this order.
    pub(super) fn expect_runs(&self, due: &[u64]) {
        self.expect(&self.news(), due);
    }

    /// The same in any order.
    pub(super) fn expect_runs_in_any_order(&self, due: &[u64]) {
        let mut news = self.news();
        news.sort_unstable();
        self.expect(&news, due);
    }

    fn expect(&self, ran: &[u64], due: &[u64]) {
        assert!(
            ran == due,
            "{}",
            text!(
                "at {time} these jobs have run: {ran}, and these were due, in this order: {due}",
                time = shown_time(self.now()),
                ran = format!("{ran:?}"),
                due = format!("{due:?}")
            )
        );
    }
}

/// A run that ends, however that comes.
struct End<'a> {
    diary: &'a Diary,
    number: u64,
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.diary.ends(self.number);
    }
}

fn shown_time(time: Time) -> String {
    format!("{time}s")
}

/// The rule of a job that runs every so many seconds.
fn every_seconds(seconds: Time) -> Rule {
    Arc::new(move |time| time + seconds)
}

/// Adds a job, and tells its number.
pub(super) fn add_any(to: &dyn Periodic, seconds: Time, job: Job) -> u64 {
    let JobId(number) = must_be_seen("every", || to.every(every_seconds(seconds), job));
    number
}

/// Adds a job, which has to get this number.
pub(super) fn add(to: &dyn Periodic, number: u64, seconds: Time, job: Job) {
    let id = add_any(to, seconds, job);
    assert!(
        id == number,
        "{}",
        text!(
            "the number of jobs added by now is {number}, and the last one is called {id}",
            number,
            id = format!("{:?}", JobId(id))
        )
    );
}

/// Runs what is due.
pub(super) fn run_pending(jobs: &dyn Periodic) {
    must_be_seen("run_pending", || jobs.run_pending());
}

/// Cancels a job, and tells what is said of that.
pub(super) fn cancel(jobs: &dyn Periodic, number: u64) -> Option<State> {
    called("cancel", || jobs.cancel(JobId(number)))
}

/// Cancels a job that is in this state, or one that is not on the list.
pub(super) fn expect_cancel(jobs: &dyn Periodic, number: u64, state: Option<State>) {
    let answer = cancel(jobs, number);
    let why = match (state, number) {
        (Some(State::AtRest), _) => text!("is at rest"),
        (Some(State::Running), _) => text!("is running"),
        (None, 0 | NOBODY) => text!("was never added"),
        (None, _) => text!("was cancelled before"),
    };
    assert!(
        answer == state,
        "{}",
        text!(
            "job {number} {why}, and `cancel` returns {answer}",
            number,
            why,
            answer = shown(&answer).unwrap_or_default()
        )
    );
}

/// A number that no job has, be it taken for one that is smaller.
pub(super) const NOBODY: u64 = (1 << 32) + 1;

/// Asks for the next time, which has to be so many seconds after the start of the clock.
pub(super) fn expect_next(jobs: &dyn Periodic, seconds: Option<Time>) {
    let next = called("next_run", || jobs.next_run());
    let expected = seconds.map(|seconds| START + seconds);
    let shown_next = |next: Option<Time>| shown(&next).unwrap_or_default();
    assert!(
        next == expected,
        "{}",
        text!(
            "`next_run` returns {next}, and the earliest of the next times is {expected}",
            next = shown_next(next),
            expected = shown_next(expected)
        )
    );
}
