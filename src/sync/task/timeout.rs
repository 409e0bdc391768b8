//! A future that has so much time.

use super::timers::{Sleep, sleep};
use crate::sync::time::Duration;
use std::fmt;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// A future and its timer; made by [`timeout`].
#[must_use = "it does nothing unless it is awaited"]
pub struct Timeout<F> {
    /// In a box, so that it can be polled wherever the whole is.
    future: Pin<Box<F>>,
    timer: Sleep,
}

/// Lets the future have so much time, from now on. If it is not ready then, it is dropped with the whole.
///
/// A future that is ready when it is looked at wins over a timer that is, too.
pub fn timeout<F: Future>(duration: Duration, future: F) -> Timeout<F> {
    Timeout {
        future: Box::pin(future),
        timer: sleep(duration),
    }
}

/// The error of a future whose time is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Elapsed;

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(output) = self.future.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        pin!(&mut self.timer).poll(context).map(|()| Err(Elapsed))
    }
}

impl<F> fmt::Debug for Timeout<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timeout { .. }")
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time is over")
    }
}

impl std::error::Error for Elapsed {}
