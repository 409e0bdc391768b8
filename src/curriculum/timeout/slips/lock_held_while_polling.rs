//! "The waker is under a lock, and nobody may change it while we poll." A future that is woken in
//! the middle of its poll needs that lock, on the very thread that holds it.

slip! {
    LockHeldWhilePolling,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: SelfDeadlock,
    loom: SelfDeadlock,
}

use kata::sync::Mutex;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Gives the lock back when it has polled.
struct LockHeldWhilePolling;

/// Passes each wake-up on to the task.
struct PassesOn(Mutex<Waker>);

impl Wake for PassesOn {
    fn wake(self: Arc<Self>) {
        self.0.lock().wake_by_ref();
    }
}

impl Timeout for LockHeldWhilePolling {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let passes_on = Arc::new(PassesOn(Mutex::new(Waker::noop().clone())));
        let race = poll_fn(|of_task| {
            let mut task = passes_on.0.lock();
            task.clone_from(of_task.waker());
            let waker = Waker::from(Arc::clone(&passes_on));
            let context = &mut Context::from_waker(&waker);
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            timer.as_mut().poll(context).map(|()| Err(Elapsed))
        });
        race.await
    }
}
