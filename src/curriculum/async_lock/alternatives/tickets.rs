//! Each draws a number in its first poll, and a display says whose turn it is; the numbers of those who
//! have left are passed over.

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// What is checked.
pub type Solution = Counter;

/// A lock as a counter with a display.
#[derive(Default)]
pub struct Counter {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    /// Whose turn it is; if that is the next number, it is free.
    serves: u64,
    wakers: BTreeMap<u64, Waker>,
    gone: BTreeSet<u64>,
}

impl Counter {
    fn serve_next(&self) {
        let mut state = self.state.lock();
        let State { serves, gone, .. } = &mut *state;
        *serves += 1;
        while gone.remove(serves) {
            *serves += 1;
        }
        let number = state.serves;
        let waker = state.wakers.remove(&number);
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }
}

/// A number that was drawn: its turn comes, or has come.
pub struct Ticket<'a> {
    counter: &'a Counter,
    number: u64,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut state = self.counter.state.lock();
        if state.serves == self.number {
            drop(state);
            self.counter.serve_next();
        } else {
            state.wakers.remove(&self.number);
            state.gone.insert(self.number);
        }
    }
}

impl AsyncLock for Counter {
    type Guard<'a> = Ticket<'a>;

    fn new() -> Self {
        Counter::default()
    }

    async fn lock(&self) -> Ticket<'_> {
        let mut drawn = None;
        poll_fn(|context| {
            let mut state = self.state.lock();
            let ticket = drawn.take().unwrap_or_else(|| {
                let number = state.next;
                state.next += 1;
                Ticket {
                    counter: self,
                    number,
                }
            });
            if state.serves == ticket.number {
                return Poll::Ready(ticket);
            }
            let waker = context.waker().clone();
            state.wakers.insert(ticket.number, waker);
            drawn = Some(ticket);
            Poll::Pending
        })
        .await
    }
}
