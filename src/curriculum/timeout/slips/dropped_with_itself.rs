//! "Both are fields: they are dropped when it is." Whoever holds on to it after the answer holds on
//! to both: the future keeps its locks and its files, and the timer its place in the clock.

slip! {
    DroppedWithItself,
    caught_by: both_are_dropped_with_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Has an end, and what it has stays.
struct DroppedWithItself;

struct Race<F, T> {
    future: Pin<Box<F>>,
    timer: Pin<Box<T>>,
}

impl<F: Future, T: Future<Output = ()>> Future for Race<F, T> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => self.timer.as_mut().poll(context).map(|()| Err(Elapsed)),
        }
    }
}

impl Timeout for DroppedWithItself {
    fn timeout<F, T>(future: F, timer: T) -> impl Future<Output = Result<F::Output, Elapsed>> + Send
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        Race {
            future: Box::pin(future),
            timer: Box::pin(timer),
        }
    }
}
