//! A future that several share: one polls it, and the others wait for that one. A wake-up that comes
//! while it is polled reaches those only that have left a waker by then.

use super::Code;
use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::block_on;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Wakes itself in its first poll, and is ready in its second.
#[derive(Default)]
struct Twice(bool);

impl Twice {
    fn poll(&mut self, context: &Context<'_>) -> bool {
        context.waker().wake_by_ref();
        std::mem::replace(&mut self.0, true)
    }
}

#[derive(Default)]
struct Sharers {
    wakers: [Option<Waker>; 2],
    is_polled: bool,
    is_ready: bool,
    /// A wake-up came in the middle of a poll.
    was_woken: bool,
}

struct Shared {
    future: Mutex<Twice>,
    sharers: Mutex<Sharers>,
}

impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        let mut sharers = self.sharers.lock();
        sharers.was_woken = sharers.is_polled;
        let wakers = std::mem::take(&mut sharers.wakers);
        drop(sharers);
        wakers.into_iter().flatten().for_each(Waker::wake);
    }
}

fn poll(shared: &Arc<Shared>, own: usize, context: &Context<'_>, code: Code) -> Poll<()> {
    let mut sharers = shared.sharers.lock();
    if sharers.is_ready {
        return Poll::Ready(());
    }
    sharers.wakers[own] = Some(context.waker().clone());
    if std::mem::replace(&mut sharers.is_polled, true) {
        return Poll::Pending;
    }
    drop(sharers);
    let waker = Waker::from(Arc::clone(shared));
    let is_ready = shared.future.lock().poll(&Context::from_waker(&waker));
    let mut sharers = shared.sharers.lock();
    (sharers.is_polled, sharers.is_ready) = (false, is_ready);
    let was_woken = std::mem::take(&mut sharers.was_woken);
    let is_to_wake = is_ready || was_woken && code.is_mended();
    let wakers = if is_to_wake {
        std::mem::take(&mut sharers.wakers)
    } else {
        Default::default()
    };
    drop(sharers);
    wakers.into_iter().flatten().for_each(Waker::wake);
    if is_ready {
        Poll::Ready(())
    } else {
        Poll::Pending
    }
}

pub(super) fn scenario(code: Code) -> Scenario {
    let shared = Arc::new(Shared {
        future: Mutex::default(),
        sharers: Mutex::default(),
    });
    let other = Arc::clone(&shared);
    Scenario::new()
        .thread("looks-once", move || {
            // And goes away, whatever comes of it.
            let once = poll_fn(|context| {
                let _ = poll(&shared, 0, context, code);
                Poll::Ready(())
            });
            block_on(once);
        })
        .thread("waits", move || {
            let waits: Pin<Box<dyn Future<Output = ()>>> =
                Box::pin(poll_fn(|context| poll(&other, 1, context, code)));
            block_on(waits);
        })
}
