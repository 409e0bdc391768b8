//! The timer is asked first, but only what the future says after that decides.

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::task::Poll;

/// What is checked.
pub type Solution = TimerIsAskedFirst;

/// Looks at both in each poll, whatever the first one says.
#[derive(Debug)]
pub struct TimerIsAskedFirst;

impl Timeout for TimerIsAskedFirst {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let mut both = (Box::pin(future), Box::pin(timer));
        let race = poll_fn(|context| {
            let is_over = both.1.as_mut().poll(context).is_ready();
            match both.0.as_mut().poll(context) {
                Poll::Ready(output) => Poll::Ready(Ok(output)),
                Poll::Pending if is_over => Poll::Ready(Err(Elapsed)),
                Poll::Pending => Poll::Pending,
            }
        });
        race.await
    }
}
