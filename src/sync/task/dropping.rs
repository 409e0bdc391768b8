//! Futures that are dropped before they are ready.

use crate::sync::tasks::may_drop;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that an exploration may drop; made by [`may_be_dropped`].
#[must_use = "it does nothing unless it is awaited"]
pub struct MayBeDropped<F> {
    /// `None` once it has been dropped, or is ready. In a box, so that it can be dropped where it is.
    future: Option<Pin<Box<F>>>,
    location: &'static Location<'static>,
}

/// Lets an exploration drop the future at any of its awaits, as a timeout or a selection would: one in
/// an execution. What it comes to is `None` then. Elsewhere nobody drops it.
///
/// ```
/// # extern crate engine as kata;
/// use kata::sync::task;
///
/// # if kata::sync::BACK_ENDS.contains(&kata::explore::BackEnd::Loom) { return }
/// assert_eq!(task::block_on(task::may_be_dropped(async { 1 })), Some(1));
/// ```
#[track_caller]
pub fn may_be_dropped<F: Future>(future: F) -> MayBeDropped<F> {
    MayBeDropped {
        future: Some(Box::pin(future)),
        location: Location::caller(),
    }
}

impl<F: Future> Future for MayBeDropped<F> {
    type Output = Option<F::Output>;

    /// # Panics
    /// Panics if it is polled after completion.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let location = self.location;
        let future = self.future.as_mut();
        let future = future.expect("a future was polled after completion");
        let output = match future.as_mut().poll(context) {
            Poll::Ready(output) => Some(output),
            Poll::Pending if may_drop(location) => None,
            Poll::Pending => return Poll::Pending,
        };
        self.future = None;
        Poll::Ready(output)
    }
}

impl<F> fmt::Debug for MayBeDropped<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MayBeDropped { .. }")
    }
}
