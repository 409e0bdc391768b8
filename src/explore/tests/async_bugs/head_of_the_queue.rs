//! A semaphore that serves in order of arrival. Who waits first, and goes away, leaves those behind it
//! waiting for permits that are there.

use super::Code;
use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::{block_on, may_be_dropped};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

struct State {
    permits: usize,
    /// How many each wants, by order of arrival.
    waiting: VecDeque<(usize, Waker)>,
}

impl State {
    fn wake_first(&self) -> Option<Waker> {
        self.waiting.front().map(|(_, waker)| waker.clone())
    }
}

struct Acquire {
    semaphore: Arc<Mutex<State>>,
    /// How many it wants, which tells it from the others here.
    wants: usize,
    has_got_them: bool,
    code: Code,
}

impl Future for Acquire {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let wants = self.wants;
        let semaphore = Arc::clone(&self.semaphore);
        let mut state = semaphore.lock();
        let place = state.waiting.iter().position(|(other, _)| *other == wants);
        let is_first = place.unwrap_or(state.waiting.len()) == 0;
        if is_first && state.permits >= wants {
            state.permits -= wants;
            state.waiting.retain(|(other, _)| *other != wants);
            let next = state.wake_first();
            drop(state);
            self.has_got_them = true;
            next.into_iter().for_each(Waker::wake);
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        match place {
            Some(place) => state.waiting[place].1 = waker,
            None => state.waiting.push_back((wants, waker)),
        }
        Poll::Pending
    }
}

impl Drop for Acquire {
    fn drop(&mut self) {
        if self.has_got_them {
            return;
        }
        let mut state = self.semaphore.lock();
        state.waiting.retain(|(other, _)| *other != self.wants);
        let next = state.wake_first().filter(|_| self.code.is_mended());
        drop(state);
        next.into_iter().for_each(Waker::wake);
    }
}

fn release(semaphore: &Mutex<State>, permits: usize) {
    let mut state = semaphore.lock();
    state.permits += permits;
    let first = state.wake_first();
    drop(state);
    first.into_iter().for_each(Waker::wake);
}

pub(super) fn scenario(code: Code) -> Scenario {
    let semaphore = Arc::new(Mutex::new(State {
        permits: 1,
        waiting: VecDeque::new(),
    }));
    let [first, second] = [Arc::clone(&semaphore), Arc::clone(&semaphore)];
    let acquire = move |semaphore: &Arc<Mutex<State>>, wants| Acquire {
        semaphore: Arc::clone(semaphore),
        wants,
        has_got_them: false,
        code,
    };
    Scenario::new()
        .thread("wants-two", move || {
            if block_on(may_be_dropped(acquire(&first, 2))).is_some() {
                release(&first, 2);
            }
        })
        .thread("wants-one", move || {
            block_on(acquire(&second, 1));
            release(&second, 1);
        })
        .thread("releaser", move || release(&semaphore, 1))
}
