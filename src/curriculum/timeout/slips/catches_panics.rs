//! "Whatever goes wrong in the future, it has no result: the time is as good as over." Then nobody
//! hears what has gone wrong.

slip! {
    CatchesPanics,
    caught_by: a_panic_goes_on,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::pin::pin;
use std::task::Poll;

/// Takes a panic for the end of the time.
struct CatchesPanics;

impl Timeout for CatchesPanics {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let race = poll_fn(|context| {
            let poll = AssertUnwindSafe(|| future.as_mut().poll(context));
            match panic::catch_unwind(poll) {
                Ok(Poll::Ready(output)) => return Poll::Ready(Ok(output)),
                Ok(Poll::Pending) => {}
                Err(_) => return Poll::Ready(Err(Elapsed)),
            }
            timer.as_mut().poll(context).map(|()| Err(Elapsed))
        });
        race.await
    }
}
