//! "An atomic is an atomic." With `Relaxed` the poll sees that a job was woken, but not what was done
//! before; and then the flag is down. Only weak memory shows it.

slip! {
    RelaxedFlags,
    caught_by: a_poll_sees_what_came_before,
    loom: NeverWoken,
}

use kata::gather::{Failure, Gather, Job};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::Relaxed;
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has flags that say that a job was woken, and nothing with it.
struct RelaxedFlags;

type Outer = Arc<Mutex<Option<Waker>>>;

/// A job's waker.
struct Flag {
    is_woken: AtomicBool,
    outer: Outer,
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.is_woken.swap(true, Relaxed);
        let outer = self.outer.lock().clone();
        outer.into_iter().for_each(Waker::wake);
    }
}

enum Slot<T> {
    Runs(Job<T>, Arc<Flag>),
    Ended(Result<T, Failure>),
}

impl<T> Slot<T> {
    fn poll(&mut self) {
        let Slot::Runs(job, flag) = self else {
            return;
        };
        if !flag.is_woken.swap(false, Relaxed) {
            return;
        }
        let waker = Waker::from(Arc::clone(flag));
        let mut context = Context::from_waker(&waker);
        match panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(&mut context))) {
            Ok(Poll::Pending) => {}
            Ok(Poll::Ready(result)) => *self = Slot::Ended(result.map_err(Failure::Error)),
            Err(payload) => *self = Slot::Ended(Err(Failure::Panic(payload))),
        }
    }
}

impl Gather for RelaxedFlags {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let outer = Outer::default();
        let slot = |job| {
            let (is_woken, outer) = (AtomicBool::new(true), Arc::clone(&outer));
            Slot::Runs(job, Arc::new(Flag { is_woken, outer }))
        };
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(slot).collect();
        poll_fn(move |context| {
            *outer.lock() = Some(context.waker().clone());
            slots.iter_mut().for_each(Slot::poll);
            if slots.iter().any(|slot| matches!(slot, Slot::Runs(..))) {
                return Poll::Pending;
            }
            let results = slots.drain(..).filter_map(|slot| match slot {
                Slot::Ended(result) => Some(result),
                Slot::Runs(..) => None,
            });
            Poll::Ready(results.collect())
        })
    }
}
