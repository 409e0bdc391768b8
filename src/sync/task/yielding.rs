//! Giving way to other tasks.

use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that is ready when it is polled again; made by [`yield_now`].
#[must_use = "it does nothing unless it is awaited"]
#[derive(Debug)]
pub struct YieldNow {
    has_given_way: bool,
}

/// Lets other tasks go on before this one does.
pub fn yield_now() -> YieldNow {
    YieldNow {
        has_given_way: false,
    }
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.has_given_way {
            return Poll::Ready(());
        }
        self.has_given_way = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
