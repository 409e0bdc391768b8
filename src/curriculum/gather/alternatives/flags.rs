//! Each job has a flag that its waker sets; under a lock there is nothing but the waker of the whole.

use kata::gather::{Failure, Gather, Job};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::AcqRel;
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = Flags;

/// Polls those whose flags are set.
pub struct Flags;

type Outer = Arc<Mutex<Option<Waker>>>;

/// A job's waker.
struct Flag {
    is_woken: AtomicBool,
    outer: Outer,
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        // For the swap of whoever polls: what was done before is seen there.
        self.is_woken.swap(true, AcqRel);
        let outer = self.outer.lock().clone();
        outer.into_iter().for_each(Waker::wake);
    }
}

enum State<T> {
    Runs(Job<T>, Arc<Flag>),
    Ended(Result<T, Failure>),
}

fn poll<T>(state: State<T>) -> State<T> {
    let State::Runs(mut job, flag) = state else {
        return state;
    };
    if !flag.is_woken.swap(false, AcqRel) {
        return State::Runs(job, flag);
    }
    let waker = Waker::from(Arc::clone(&flag));
    let mut context = Context::from_waker(&waker);
    let polled = panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(&mut context)));
    match polled {
        Ok(Poll::Pending) => State::Runs(job, flag),
        Ok(Poll::Ready(result)) => State::Ended(result.map_err(Failure::Error)),
        Err(payload) => State::Ended(Err(Failure::Panic(payload))),
    }
}

impl Gather for Flags {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let outer = Outer::default();
        let runs = |job| {
            let flag = Flag {
                is_woken: AtomicBool::new(true),
                outer: Arc::clone(&outer),
            };
            State::Runs(job, Arc::new(flag))
        };
        let mut states: Vec<State<T>> = jobs.into_iter().map(runs).collect();
        poll_fn(move |context| {
            // Before any flag is looked at: whoever sets one later finds this waker.
            *outer.lock() = Some(context.waker().clone());
            states = states.drain(..).map(poll).collect();
            if states.iter().any(|state| matches!(state, State::Runs(..))) {
                return Poll::Pending;
            }
            let results = states.drain(..).filter_map(|state| match state {
                State::Ended(result) => Some(result),
                State::Runs(..) => None,
            });
            Poll::Ready(results.collect())
        })
    }
}
