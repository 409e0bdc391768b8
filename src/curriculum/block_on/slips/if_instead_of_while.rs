//! "The wait has ended, so the flag is up." A condvar may wake a thread for no reason at all.

slip! {
    IfInsteadOfWhile,
    caught_by: waits_until_it_is_woken,
    engine: NotRechecked,
    loom: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Looks once, and not after the wait.
struct IfInsteadOfWhile;

#[derive(Default)]
struct Signal {
    is_given: Mutex<bool>,
    given: Condvar,
}

impl Signal {
    fn take(&self) {
        let mut is_given = self.is_given.lock();
        if !*is_given {
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

impl BlockOn for IfInsteadOfWhile {
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
