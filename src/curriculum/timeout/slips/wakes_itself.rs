//! "Who is pending has to see that it is polled again." The two see to that, with the waker that
//! they are given: this one is polled for ever, for nothing.

slip! {
    WakesItself,
    caught_by: the_last_waker_is_used,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Uses its own waker after each poll that is pending.
struct WakesItself;

impl Timeout for WakesItself {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let race = poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            if timer.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Elapsed));
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        race.await
    }
}
