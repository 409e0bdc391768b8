//! "First the time: what is over is over." What the future has to say then is thrown away, though
//! it is ready, and may have taken something for it.

slip! {
    TimerFirst,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Has no look at the future once the time is over.
struct TimerFirst;

impl Timeout for TimerFirst {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let race = poll_fn(|context| {
            if timer.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Elapsed));
            }
            future.as_mut().poll(context).map(Ok)
        });
        race.await
    }
}
