//! "A thread waits at one place at a time, so one signal does for all its calls." A waker of an
//! earlier call gives it as well, and the next call takes that for its own.

slip! {
    OneSignalPerThread,
    caught_by: a_waker_may_be_kept,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex, thread_local};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Keeps its signal for the next call.
struct OneSignalPerThread;

#[derive(Default)]
struct Signal {
    is_given: Mutex<bool>,
    given: Condvar,
}

impl Signal {
    fn take(&self) {
        let mut is_given = self.is_given.lock();
        while !*is_given {
            self.given.wait(&mut is_given);
        }
        *is_given = false;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.is_given.lock() = true;
        self.given.notify_one();
    }
}

thread_local! {
    /// Made once for each thread.
    static SIGNAL: Arc<Signal> = Arc::default();
}

impl BlockOn for OneSignalPerThread {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let signal = SIGNAL.with(Arc::clone);
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
