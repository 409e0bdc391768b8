//! A signal that is reset forgets who waits for it.

use super::Code;
use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::block_on;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};

enum State {
    Empty,
    Waiting(Waker),
    Signaled,
}

pub(super) fn scenario(code: Code) -> Scenario {
    let signal = Arc::new(Mutex::new(State::Empty));
    let its = Arc::clone(&signal);
    Scenario::new()
        .thread("waiter", move || {
            block_on(poll_fn(|context| {
                let mut state = its.lock();
                if let State::Signaled = *state {
                    *state = State::Empty;
                    return Poll::Ready(());
                }
                *state = State::Waiting(context.waker().clone());
                Poll::Pending
            }));
        })
        .thread("signaler", move || {
            let mut state = signal.lock();
            if !code.is_mended() || matches!(*state, State::Signaled) {
                *state = State::Empty;
            }
            drop(state);
            let mut state = signal.lock();
            let before = std::mem::replace(&mut *state, State::Signaled);
            drop(state);
            if let State::Waiting(waker) = before {
                waker.wake();
            }
        })
}
