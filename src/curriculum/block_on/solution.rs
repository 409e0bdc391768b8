//! The reference solution of `block_on`: the waker sets a flag under a lock and notifies; the thread
//! waits at a condvar until it is set.

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = Signalled;

/// Each call has a signal of its own.
#[derive(Debug)]
pub struct Signalled;

/// What wakes one call.
#[derive(Default)]
struct Signal {
    is_given: Mutex<bool>,
    given: Condvar,
}

impl Signal {
    /// Waits until it is given, and takes it.
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

impl BlockOn for Signalled {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            // A wake-up of that poll has been kept, and is taken at once.
            signal.take();
        }
    }
}
