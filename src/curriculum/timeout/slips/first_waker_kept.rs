//! "The task has one waker: clone it once, and use it for the timer each time." A task may move to
//! another executor, and comes with another waker then: the first one wakes nobody.

slip! {
    FirstWakerKept,
    caught_by: the_last_waker_is_used,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Has a timer that knows the waker of the first poll only.
struct FirstWakerKept;

impl Timeout for FirstWakerKept {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let mut known: Option<Waker> = None;
        let race = poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            let waker = known.get_or_insert_with(|| context.waker().clone());
            let mut of_timer = Context::from_waker(waker);
            timer.as_mut().poll(&mut of_timer).map(|()| Err(Elapsed))
        });
        race.await
    }
}
