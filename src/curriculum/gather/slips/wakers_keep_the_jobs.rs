//! "A waker finds its job at once if it has it." Whoever has the waker has the job too, when all of it was
//! dropped; and a job that owns where its waker is left is never dropped.

slip! {
    WakersKeepTheJobs,
    caught_by: dropped_half_way_it_drops_its_jobs,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::gather::{Failure, Gather, Job};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has its jobs where their wakers are.
struct WakersKeepTheJobs;

/// A job, which is also its waker.
struct Entry<T> {
    state: Mutex<State<T>>,
    is_woken: AtomicBool,
    outer: Arc<Mutex<Option<Waker>>>,
}

enum State<T> {
    Runs(Job<T>),
    Ended(Option<Result<T, Failure>>),
}

impl<T: Send + 'static> Wake for Entry<T> {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, SeqCst);
        let outer = self.outer.lock().clone();
        outer.into_iter().for_each(Waker::wake);
    }
}

impl<T: Send + 'static> Entry<T> {
    /// True once it has ended.
    fn poll(self: &Arc<Self>) -> bool {
        let mut state = self.state.lock();
        let State::Runs(job) = &mut *state else {
            return true;
        };
        if !self.is_woken.swap(false, SeqCst) {
            return false;
        }
        let waker = Waker::from(Arc::clone(self));
        let mut context = Context::from_waker(&waker);
        let result = match panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(&mut context)))
        {
            Ok(Poll::Pending) => return false,
            Ok(Poll::Ready(result)) => result.map_err(Failure::Error),
            Err(payload) => Err(Failure::Panic(payload)),
        };
        *state = State::Ended(Some(result));
        true
    }

    fn take(&self) -> Option<Result<T, Failure>> {
        match &mut *self.state.lock() {
            State::Runs(_) => None,
            State::Ended(result) => result.take(),
        }
    }
}

impl Gather for WakersKeepTheJobs {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let outer = Arc::new(Mutex::new(None));
        let entry = |job| {
            let (state, is_woken) = (Mutex::new(State::Runs(job)), AtomicBool::new(true));
            let outer = Arc::clone(&outer);
            Arc::new(Entry {
                state,
                is_woken,
                outer,
            })
        };
        let entries: Vec<Arc<Entry<T>>> = jobs.into_iter().map(entry).collect();
        poll_fn(move |context| {
            *outer.lock() = Some(context.waker().clone());
            let left = entries.iter().filter(|entry| !entry.poll());
            if left.count() > 0 {
                return Poll::Pending;
            }
            Poll::Ready(entries.iter().filter_map(|entry| entry.take()).collect())
        })
    }
}
