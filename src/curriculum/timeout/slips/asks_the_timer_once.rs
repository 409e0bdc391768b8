//! "The timer is started by its first poll; from then on it wakes us." It does, and then nobody
//! asks it whether the time is over.

slip! {
    AsksTheTimerOnce,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Polls the timer to start it, and no more.
struct AsksTheTimerOnce;

impl Timeout for AsksTheTimerOnce {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let mut is_started = false;
        let race = poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            if is_started {
                return Poll::Pending;
            }
            is_started = true;
            timer.as_mut().poll(context).map(|()| Err(Elapsed))
        });
        race.await
    }
}
