//! "Sooner or later it will be ready." It will, and until then a whole processor asks whether it
//! is: nobody can wake this thread, so it never sleeps.

slip! {
    PollsAgainAndAgain,
    caught_by: waits_until_it_is_woken,
    engine: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::thread;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Has a waker that wakes nobody.
struct PollsAgainAndAgain;

impl BlockOn for PollsAgainAndAgain {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            thread::yield_now();
        }
    }
}
