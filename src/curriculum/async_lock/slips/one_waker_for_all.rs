//! "Somebody waits, and this is its waker." With two who wait the second waker takes the place of the
//! first, and that task is never woken.

slip! {
    OneWakerForAll,
    caught_by: who_waits_is_woken_at_its_turn,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Has room for one who waits.
#[derive(Default)]
struct OneWakerForAll {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_held: bool,
    waiting: Option<Waker>,
}

/// Holds the lock.
struct Guard<'a>(&'a OneWakerForAll);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.is_held = false;
        let woken = state.waiting.take();
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

/// Comes to a guard.
struct Lock<'a>(&'a OneWakerForAll);

impl<'a> Future for Lock<'a> {
    type Output = Guard<'a>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<'a>> {
        let mut state = self.0.state.lock();
        if state.is_held {
            state.waiting = Some(context.waker().clone());
            return Poll::Pending;
        }
        state.is_held = true;
        Poll::Ready(Guard(self.0))
    }
}

impl AsyncLock for OneWakerForAll {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        OneWakerForAll::default()
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock(self)
    }
}
