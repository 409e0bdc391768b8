//! "We are polled again, and the future is pending: so it was the timer that woke us." A future is
//! woken more often than it is ready, and a poll may come without any wake-up.

slip! {
    TakesAPollForTheEnd,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Has a timer that is over at the second poll.
struct TakesAPollForTheEnd;

impl Timeout for TakesAPollForTheEnd {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let mut is_woken = false;
        let race = poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            if timer.as_mut().poll(context).is_ready() || is_woken {
                return Poll::Ready(Err(Elapsed));
            }
            is_woken = true;
            Poll::Pending
        });
        race.await
    }
}
