//! A future written by hand, with both in a box each, and in an `Option` that is empty once it has
//! answered.

use kata::timeout::{Elapsed, Timeout};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What is checked.
pub type Solution = ByHand;

/// Has a type of its own for the race.
#[derive(Debug)]
pub struct ByHand;

/// Two futures, each where it stays.
type Both<F, T> = (Pin<Box<F>>, Pin<Box<T>>);

struct Race<F, T> {
    /// `None` once there was an answer: then both have been dropped.
    both: Option<Both<F, T>>,
}

impl<F: Future, T: Future<Output = ()>> Future for Race<F, T> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let both = self.both.as_mut();
        let (future, timer) = both.expect("a race that has not been polled after completion");
        let polled = match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Elapsed)),
        };
        if polled.is_ready() {
            self.both = None;
        }
        polled
    }
}

impl Timeout for ByHand {
    fn timeout<F, T>(future: F, timer: T) -> impl Future<Output = Result<F::Output, Elapsed>> + Send
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        Race {
            both: Some((Box::pin(future), Box::pin(timer))),
        }
    }
}
