//! "What the waker has to know of stands in one `Arc`." The waker is in the clock, the timer in the
//! waker, and the timer's place in the clock in the timer: a ring that nobody drops half-way.

slip! {
    WakerKeepsTheTimer,
    caught_by: both_are_dropped_half_way,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::Mutex;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has a waker that owns the timer.
struct WakerKeepsTheTimer;

struct Shared<T> {
    /// `None` while it is polled, and once there is an answer.
    timer: Mutex<Option<Pin<Box<T>>>>,
    task: Mutex<Waker>,
}

impl<T: Send + 'static> Wake for Shared<T> {
    fn wake(self: Arc<Self>) {
        let task = self.task.lock().clone();
        task.wake();
    }
}

impl Timeout for WakerKeepsTheTimer {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let mut future = pin!(future);
        let shared = Arc::new(Shared {
            timer: Mutex::new(Some(Box::pin(timer))),
            task: Mutex::new(Waker::noop().clone()),
        });
        let race = poll_fn(|of_task| {
            shared.task.lock().clone_from(of_task.waker());
            let waker = Waker::from(Arc::clone(&shared));
            let context = &mut Context::from_waker(&waker);
            // No lock is held while they are polled.
            let taken = shared.timer.lock().take();
            let mut timer = taken.expect("there is no answer yet");
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            if timer.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Elapsed));
            }
            *shared.timer.lock() = Some(timer);
            Poll::Pending
        });
        race.await
    }
}
