//! A job that is woken sends its number; who polls receives the numbers that have come.

use kata::gather::{Failure, Gather, Job};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = ByMessage;

/// Polls those whose numbers it has received.
pub struct ByMessage;

/// A future by hand.
struct Gathering<T> {
    jobs: BTreeMap<usize, (Job<T>, Waker)>,
    results: BTreeMap<usize, Result<T, Failure>>,
    woken: Receiver<usize>,
    outer: Arc<Mutex<Waker>>,
}

/// What is moved about are boxes and values, never what a job itself refers to.
impl<T> Unpin for Gathering<T> {}

struct Sends {
    number: usize,
    woken: Sender<usize>,
    outer: Arc<Mutex<Waker>>,
}

impl Wake for Sends {
    fn wake(self: Arc<Self>) {
        // If the receiver is gone, there is nothing to poll.
        if self.woken.send(self.number).is_ok() {
            let outer = self.outer.lock().clone();
            outer.wake();
        }
    }
}

impl<T> Gathering<T> {
    fn new(jobs: Vec<Job<T>>) -> Self {
        let (sender, woken) = channel::unbounded();
        let outer = Arc::new(Mutex::new(Waker::noop().clone()));
        let with_waker = |(number, job)| {
            let sends = Sends {
                number,
                woken: sender.clone(),
                outer: Arc::clone(&outer),
            };
            let waker = Waker::from(Arc::new(sends));
            waker.wake_by_ref();
            (number, (job, waker))
        };
        Gathering {
            jobs: jobs.into_iter().enumerate().map(with_waker).collect(),
            results: BTreeMap::new(),
            woken,
            outer: Arc::clone(&outer),
        }
    }

    fn poll_job(&mut self, number: usize) {
        // Who is not there has ended.
        let Some((job, waker)) = self.jobs.get_mut(&number) else {
            return;
        };
        let mut context = Context::from_waker(waker);
        let polled = panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(&mut context)));
        let result = match polled {
            Ok(Poll::Pending) => return,
            Ok(Poll::Ready(result)) => result.map_err(Failure::Error),
            Err(payload) => Err(Failure::Panic(payload)),
        };
        self.results.insert(number, result);
        self.jobs.remove(&number);
    }
}

impl<T> Future for Gathering<T> {
    type Output = Vec<Result<T, Failure>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        *self.outer.lock() = context.waker().clone();
        // Those that are woken from here on are polled in the next poll.
        for _ in 0..self.woken.len() {
            if let Ok(number) = self.woken.try_recv() {
                self.poll_job(number);
            }
        }
        if self.jobs.is_empty() {
            let results = std::mem::take(&mut self.results);
            return Poll::Ready(results.into_values().collect());
        }
        Poll::Pending
    }
}

impl Gather for ByMessage {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        Gathering::new(jobs)
    }
}
