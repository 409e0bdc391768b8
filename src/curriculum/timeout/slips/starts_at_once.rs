//! "The time begins with the call, and so does the future." A future does nothing before somebody
//! polls it, and that is what its callers count on: this one may never be.

slip! {
    StartsAtOnce,
    caught_by: both_are_dropped_half_way,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

/// Polls the future before anybody awaits it.
struct StartsAtOnce;

impl Timeout for StartsAtOnce {
    fn timeout<F, T>(future: F, timer: T) -> impl Future<Output = Result<F::Output, Elapsed>> + Send
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let mut future = Box::pin(future);
        let mut timer = Box::pin(timer);
        let polled = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        let mut output = match polled {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        };
        async move {
            let race = poll_fn(|context| {
                if let Some(output) = output.take() {
                    return Poll::Ready(Ok(output));
                }
                match future.as_mut().poll(context) {
                    Poll::Ready(output) => Poll::Ready(Ok(output)),
                    Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Elapsed)),
                }
            });
            race.await
        }
    }
}
