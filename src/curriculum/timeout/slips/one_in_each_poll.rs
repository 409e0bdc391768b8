//! "They take turns, so that neither keeps the other waiting." The one whose turn it is not may be
//! the one that was woken, and is not looked at.

slip! {
    OneInEachPoll,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;

/// Polls the future, the timer, the future, and so on.
struct OneInEachPoll;

impl Timeout for OneInEachPoll {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let mut is_timers_turn = false;
        let race = poll_fn(|context| {
            is_timers_turn = !is_timers_turn;
            if is_timers_turn {
                future.as_mut().poll(context).map(Ok)
            } else {
                timer.as_mut().poll(context).map(|()| Err(Elapsed))
            }
        });
        race.await
    }
}
