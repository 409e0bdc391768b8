//! "`block_on` runs the two to their end, and so the first poll has the answer." The thread that polls
//! waits with it: all other tasks of that thread stand still, be it those that would wake this one.

slip! {
    WaitsInThePoll,
    caught_by: the_last_waker_is_used,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::sync::task::block_on;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Does not come back from a poll before it has the answer.
struct WaitsInThePoll;

impl Timeout for WaitsInThePoll {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        block_on(poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Elapsed)),
        }))
    }
}
