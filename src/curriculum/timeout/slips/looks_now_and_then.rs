//! "A thread looks to it that we look: every millisecond it wakes us." That is a wake-up a
//! thousand times a second, for nothing, by a thread that nobody ends; and what the two say for
//! themselves is not heard.

slip! {
    LooksNowAndThen,
    caught_by: the_first_to_be_ready_is_the_answer,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::sync::time::Duration;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Gives the two a waker that wakes nobody.
struct LooksNowAndThen;

impl Timeout for LooksNowAndThen {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let race = poll_fn(|context| {
            let nobody = &mut Context::from_waker(Waker::noop());
            if let Poll::Ready(output) = future.as_mut().poll(nobody) {
                return Poll::Ready(Ok(output));
            }
            if timer.as_mut().poll(nobody).is_ready() {
                return Poll::Ready(Err(Elapsed));
            }
            let waker = context.waker().clone();
            // Nobody joins it.
            drop(thread::spawn(move || {
                thread::sleep(Duration::from_millis(1));
                waker.wake();
            }));
            Poll::Pending
        });
        race.await
    }
}
