//! "From the poll to the wait nobody may come in between." Nor can anybody wake it: not even the
//! future itself, which does so on this very thread.

slip! {
    LockHeldWhilePolling,
    caught_by: polls_until_it_is_ready,
    engine: SelfDeadlock,
    loom: SelfDeadlock,
}

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Makes the poll and the wait one step.
struct LockHeldWhilePolling;

#[derive(Default)]
struct Signal {
    is_given: Mutex<bool>,
    given: Condvar,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.is_given.lock() = true;
        self.given.notify_one();
    }
}

impl BlockOn for LockHeldWhilePolling {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        let mut is_given = signal.is_given.lock();
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            while !*is_given {
                signal.given.wait(&mut is_given);
            }
            *is_given = false;
        }
    }
}
