//! "The output is kept, and when the timer is ready we know whether it came in time." Who is done
//! early waits for the end of the time nevertheless.

slip! {
    WaitsForBoth,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Answers when the time is over, and not before.
struct WaitsForBoth;

impl Timeout for WaitsForBoth {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let mut output = None;
        let race = poll_fn(|context| {
            if output.is_none()
                && let Poll::Ready(found) = future.as_mut().poll(context)
            {
                output = Some(found);
            }
            let is_over = timer.as_mut().poll(context).is_ready();
            if is_over {
                return Poll::Ready(output.take().ok_or(Elapsed));
            }
            Poll::Pending
        });
        race.await
    }
}
