//! Each job has a waker of its own, which notes that it was woken: only those are polled.

use kata::gather::{Failure, Gather, Job};
use kata::sync::Mutex;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = PollsTheWoken;

/// Polls those that were woken, by their numbers.
pub struct PollsTheWoken;

/// What the wakers of the jobs know; the jobs themselves are the future's alone.
#[derive(Default)]
struct Shared {
    woken: BTreeSet<usize>,
    /// That of the last poll.
    waker: Option<Waker>,
}

struct Wakes {
    shared: Arc<Mutex<Shared>>,
    number: usize,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        let mut shared = self.shared.lock();
        shared.woken.insert(self.number);
        let waker = shared.waker.take();
        // It may poll on the spot.
        drop(shared);
        waker.into_iter().for_each(Waker::wake);
    }
}

struct Slot<T> {
    job: Option<Job<T>>,
    waker: Waker,
    result: Option<Result<T, Failure>>,
}

impl<T> Slot<T> {
    fn new(number: usize, job: Job<T>, shared: &Arc<Mutex<Shared>>) -> Self {
        let wakes = Wakes {
            shared: Arc::clone(shared),
            number,
        };
        Slot {
            job: Some(job),
            waker: Waker::from(Arc::new(wakes)),
            result: None,
        }
    }

    fn poll(&mut self) {
        let Some(job) = &mut self.job else {
            return;
        };
        let mut context = Context::from_waker(&self.waker);
        let polled = panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(&mut context)));
        self.result = match polled {
            Ok(Poll::Pending) => return,
            Ok(Poll::Ready(result)) => Some(result.map_err(Failure::Error)),
            Err(payload) => Some(Err(Failure::Panic(payload))),
        };
        self.job = None;
    }
}

impl Gather for PollsTheWoken {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let shared = Arc::new(Mutex::new(Shared::default()));
        // To start is to be woken for the first time.
        shared.lock().woken.extend(0..jobs.len());
        let slot = |(number, job)| Slot::new(number, job, &shared);
        let mut slots: Vec<Slot<T>> = jobs.into_iter().enumerate().map(slot).collect();
        poll_fn(move |context| {
            let mut held = shared.lock();
            held.waker = Some(context.waker().clone());
            let woken = mem::take(&mut held.woken);
            // A job may be woken in the middle of its poll.
            drop(held);
            for number in woken {
                slots[number].poll();
            }
            if slots.iter().any(|slot| slot.job.is_some()) {
                return Poll::Pending;
            }
            let slots = mem::take(&mut slots).into_iter();
            Poll::Ready(slots.filter_map(|slot| slot.result).collect())
        })
    }
}
