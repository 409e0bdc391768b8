//! "I poll until nobody is woken any more, and leave my waker when I have to wait." A job that is woken
//! in between finds none, and is not polled again.

slip! {
    LeavesItsWakerLast,
    caught_by: each_wake_up_leads_to_a_poll,
    engine: WakerTooLate,
    loom: WakerTooLate,
}

use kata::gather::{Failure, Gather, Job};
use kata::sync::Mutex;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Polls first, and leaves its waker then.
struct LeavesItsWakerLast;

#[derive(Default)]
struct Shared {
    woken: BTreeSet<usize>,
    waker: Option<Waker>,
}

/// A job's waker.
struct Wakes {
    shared: Arc<Mutex<Shared>>,
    number: usize,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        let mut shared = self.shared.lock();
        shared.woken.insert(self.number);
        let waker = shared.waker.take();
        drop(shared);
        waker.into_iter().for_each(Waker::wake);
    }
}

enum Slot<T> {
    Runs(Job<T>, Waker),
    Ended(Result<T, Failure>),
}

impl<T> Slot<T> {
    fn poll(&mut self) {
        let Slot::Runs(job, waker) = self else {
            return;
        };
        let mut context = Context::from_waker(waker);
        match panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(&mut context))) {
            Ok(Poll::Pending) => {}
            Ok(Poll::Ready(result)) => *self = Slot::Ended(result.map_err(Failure::Error)),
            Err(payload) => *self = Slot::Ended(Err(Failure::Panic(payload))),
        }
    }
}

impl Gather for LeavesItsWakerLast {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let shared = Arc::new(Mutex::new(Shared::default()));
        shared.lock().woken.extend(0..jobs.len());
        let slot = |(number, job)| {
            let shared = Arc::clone(&shared);
            Slot::Runs(job, Waker::from(Arc::new(Wakes { shared, number })))
        };
        let mut slots: Vec<Slot<T>> = jobs.into_iter().enumerate().map(slot).collect();
        poll_fn(move |context| {
            let next = || shared.lock().woken.pop_first();
            while let Some(number) = next() {
                slots[number].poll();
            }
            shared.lock().waker = Some(context.waker().clone());
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
