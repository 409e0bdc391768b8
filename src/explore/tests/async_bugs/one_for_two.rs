//! A semaphore that wakes nobody as long as somebody is woken and has not come: two permits are given
//! back, two wait, and one is woken.

use super::Code;
use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::block_on;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};

#[derive(Default)]
struct State {
    permits: usize,
    waiting: VecDeque<(usize, Waker)>,
    /// Somebody is woken, and has not come yet.
    is_coming: Option<usize>,
}

type Semaphore = Mutex<State>;

fn release(semaphore: &Semaphore, code: Code) {
    let mut state = semaphore.lock();
    state.permits += 1;
    if state.is_coming.is_some() && !code.is_mended() {
        return;
    }
    let next = state.waiting.pop_front();
    state.is_coming = next.as_ref().map(|(number, _)| *number);
    drop(state);
    if let Some((_, waker)) = next {
        waker.wake();
    }
}

async fn acquire(semaphore: &Semaphore, number: usize) {
    poll_fn(|context| {
        let mut state = semaphore.lock();
        state.waiting.retain(|(other, _)| *other != number);
        if state.is_coming == Some(number) {
            state.is_coming = None;
        }
        if state.permits > 0 {
            state.permits -= 1;
            return Poll::Ready(());
        }
        state.waiting.push_back((number, context.waker().clone()));
        Poll::Pending
    })
    .await;
}

pub(super) fn scenario(code: Code) -> Scenario {
    let semaphore = Arc::new(Semaphore::default());
    let waits = |number, semaphore: &Arc<Semaphore>| {
        let semaphore = Arc::clone(semaphore);
        move || block_on(acquire(&semaphore, number))
    };
    Scenario::new()
        .thread("first", waits(1, &semaphore))
        .thread("second", waits(2, &semaphore))
        .thread("releaser", move || {
            release(&semaphore, code);
            release(&semaphore, code);
        })
}
