//! "Whoever calls poll gets the result." Or is told that there is none yet.

slip! {
    PollsOnce,
    caught_by: polls_until_it_is_ready,
    engine: OneThread,
    loom: OneThread,
}

use kata::block_on::BlockOn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Polls, and takes the answer for the result.
struct PollsOnce;

impl BlockOn for PollsOnce {
    fn block_on<F: Future>(future: F) -> F::Output {
        let future = pin!(future);
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("the future is not ready"),
        }
    }
}
