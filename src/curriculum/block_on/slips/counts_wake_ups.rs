//! "No wake-up may be lost, so they are counted." Two of them before the next poll say one thing:
//! look again. For the second one there is nothing to see.

slip! {
    CountsWakeUps,
    caught_by: wake_ups_between_two_polls_are_one,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Polls once for each wake-up.
struct CountsWakeUps;

#[derive(Default)]
struct Signal {
    wake_ups: Mutex<u64>,
    given: Condvar,
}

impl Signal {
    fn take(&self) {
        let mut wake_ups = self.wake_ups.lock();
        while *wake_ups == 0 {
            self.given.wait(&mut wake_ups);
        }
        *wake_ups -= 1;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.wake_ups.lock() += 1;
        self.given.notify_one();
    }
}

impl BlockOn for CountsWakeUps {
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
