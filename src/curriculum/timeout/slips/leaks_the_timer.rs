//! "A timer must not move once it was polled: on the heap, and leaked, it cannot." Nor does it
//! ever go: with each call another one stays in the clock.

slip! {
    LeaksTheTimer,
    caught_by: both_are_dropped_with_the_answer,
    engine: OneThread,
    loom: OneThread,
}

use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::Pin;
use std::pin::pin;
use std::task::Poll;

/// Has a timer that nobody drops.
struct LeaksTheTimer;

impl Timeout for LeaksTheTimer {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let mut future = pin!(future);
        let timer: &'static mut Pin<Box<T>> = Box::leak(Box::new(Box::pin(timer)));
        let race = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Elapsed)),
        });
        race.await
    }
}
