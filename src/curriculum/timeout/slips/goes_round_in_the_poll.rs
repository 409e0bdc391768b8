//! "Look at the one, and at the other, until one of them is ready." A poll looks once, and then lets
//! its thread do something else: this one keeps the thread, and the processor, all the time.

slip! {
    GoesRoundInThePoll,
    caught_by: the_last_waker_is_used,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::thread;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Polls again without having been woken, and gives way to threads only.
struct GoesRoundInThePoll;

impl Timeout for GoesRoundInThePoll {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let race = poll_fn(|context| {
            loop {
                if let Poll::Ready(output) = future.as_mut().poll(context) {
                    return Poll::Ready(Ok(output));
                }
                if timer.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Err(Elapsed));
                }
                thread::yield_now();
            }
        });
        race.await
    }
}
