//! "It need not be a busy loop: a millisecond of sleep in between costs nothing." It costs a
//! millisecond of waiting each time, and a wake-up a thousand times a second, for nothing.

slip! {
    PollsEveryMillisecond,
    caught_by: waits_until_it_is_woken,
    engine: TimeForOrder,
}

use kata::block_on::BlockOn;
use kata::sync::thread;
use kata::sync::time::Duration;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Looks now and then.
struct PollsEveryMillisecond;

impl BlockOn for PollsEveryMillisecond {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}
