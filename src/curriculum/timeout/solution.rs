//! The reference solution of `timeout`: each poll polls the future, and then the timer, with the waker
//! of that poll; both belong to the `async` block, and go with it.

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// What is checked.
pub type Solution = FutureFirst;

/// Looks at the future first: so it wins where both are ready.
#[derive(Debug)]
pub struct FutureFirst;

impl Timeout for FutureFirst {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let race = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Elapsed)),
        });
        race.await
    }
}
