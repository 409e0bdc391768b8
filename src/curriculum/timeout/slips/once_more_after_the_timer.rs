//! "The time is over: one last poll, so that the future can clean up." It may become ready in that
//! poll, with something that it has taken; and then that is lost.

slip! {
    OnceMoreAfterTheTimer,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Polls the future again, and throws away what it says.
struct OnceMoreAfterTheTimer;

impl Timeout for OnceMoreAfterTheTimer {
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
                let _ = future.as_mut().poll(context);
                return Poll::Ready(Err(Elapsed));
            }
            Poll::Pending
        });
        race.await
    }
}
