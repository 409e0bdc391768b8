//! Each of the two has a waker of its own, which notes that it was woken: only those are polled.

use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{AcqRel, Release};
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = PollsWhoWasWoken;

/// Leaves the other one in peace.
#[derive(Debug)]
pub struct PollsWhoWasWoken;

/// The waker of one of the two.
struct Wakes {
    is_woken: AtomicBool,
    /// The waker of the last poll.
    task: Arc<Mutex<Waker>>,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        // Release pairs with the AcqRel below. It comes before the look at the task's waker.
        self.is_woken.store(true, Release);
        let task = self.task.lock().clone();
        task.wake();
    }
}

impl Wakes {
    /// One that has still to be polled for the first time.
    fn new(task: &Arc<Mutex<Waker>>) -> Arc<Self> {
        Arc::new(Wakes {
            is_woken: AtomicBool::new(true),
            task: Arc::clone(task),
        })
    }

    /// Polls, if it was woken.
    fn poll<T>(self: &Arc<Self>, poll: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        if !self.is_woken.swap(false, AcqRel) {
            return Poll::Pending;
        }
        let waker = Waker::from(Arc::clone(self));
        poll(&mut Context::from_waker(&waker))
    }
}

impl Timeout for PollsWhoWasWoken {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let task = Arc::new(Mutex::new(Waker::noop().clone()));
        let (of_future, of_timer) = (Wakes::new(&task), Wakes::new(&task));
        let race = poll_fn(|context| {
            // First: whoever is woken from here on uses this one.
            task.lock().clone_from(context.waker());
            match of_future.poll(|context| future.as_mut().poll(context)) {
                Poll::Ready(output) => Poll::Ready(Ok(output)),
                Poll::Pending => of_timer
                    .poll(|context| timer.as_mut().poll(context))
                    .map(|()| Err(Elapsed)),
            }
        });
        race.await
    }
}
