//! "Await the future, and then see whether the time is over." It is awaited for as long as it
//! takes: a limit that is looked at afterwards limits nothing.

slip! {
    AwaitsTheFutureFirst,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Looks at the timer when the future is ready.
struct AwaitsTheFutureFirst;

impl Timeout for AwaitsTheFutureFirst {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let mut timer = pin!(timer);
        let output = future.await;
        let race = poll_fn(|context| match timer.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(Elapsed)),
            Poll::Pending => Poll::Ready(Ok(())),
        });
        race.await.map(|()| output)
    }
}
