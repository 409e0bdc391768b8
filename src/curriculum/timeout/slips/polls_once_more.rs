//! "Wait until one of them is ready, and then fetch its result." The poll that said `Ready` had
//! it: there is no second one.

slip! {
    PollsOnceMore,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Throws the output away, and asks for it again.
struct PollsOnceMore;

impl Timeout for PollsOnceMore {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let first = poll_fn(|context| {
            if future.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ok(()));
            }
            timer.as_mut().poll(context).map(|()| Err(Elapsed))
        });
        match first.await {
            Ok(()) => Ok(future.await),
            Err(elapsed) => Err(elapsed),
        }
    }
}
