//! "Whoever wakes it notifies, so to wait is enough." A notification wakes those who wait at that
//! moment: one in the middle of the poll wakes nobody, and is not kept.

slip! {
    WaitsForANotification,
    caught_by: polls_until_it_is_ready,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has a condvar, and nothing that it is about.
struct WaitsForANotification;

#[derive(Default)]
struct Signal {
    lock: Mutex<()>,
    given: Condvar,
}

impl Signal {
    fn take(&self) {
        let mut held = self.lock.lock();
        self.given.wait(&mut held);
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.given.notify_one();
    }
}

impl BlockOn for WaitsForANotification {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            signal.take();
        }
    }
}
