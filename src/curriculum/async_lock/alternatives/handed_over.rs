//! Whoever gives the lock back gives it to the first who waits: it is never free while somebody waits, and
//! who leaves with it gives it back.

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// What is checked.
pub type Solution = Relay;

/// A lock that goes from hand to hand.
#[derive(Default)]
pub struct Relay {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_held: bool,
    waiting: VecDeque<(u64, Waker)>,
    /// Whose it is, and who has not come yet.
    given: Option<u64>,
    next: u64,
}

impl Relay {
    fn give_back(&self) {
        let mut state = self.state.lock();
        let first = state.waiting.pop_front();
        state.is_held = first.is_some();
        state.given = first.as_ref().map(|(number, _)| *number);
        drop(state);
        if let Some((_, waker)) = first {
            waker.wake();
        }
    }
}

/// Holds the lock.
pub struct Guard<'a>(&'a Relay);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

struct Lock<'a> {
    relay: &'a Relay,
    number: Option<u64>,
}

impl<'a> Future for Lock<'a> {
    type Output = Guard<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<'a>> {
        let relay = self.relay;
        let mut state = relay.state.lock();
        let Some(own) = self.number else {
            if !state.is_held {
                state.is_held = true;
                return Poll::Ready(Guard(relay));
            }
            let number = state.next;
            state.next += 1;
            state.waiting.push_back((number, context.waker().clone()));
            self.number = Some(number);
            return Poll::Pending;
        };
        if state.given == Some(own) {
            state.given = None;
            self.number = None;
            return Poll::Ready(Guard(relay));
        }
        for (number, waker) in &mut state.waiting {
            if *number == own {
                waker.clone_from(context.waker());
            }
        }
        Poll::Pending
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let Some(own) = self.number else {
            return;
        };
        let mut state = self.relay.state.lock();
        if state.given == Some(own) {
            drop(state);
            self.relay.give_back();
        } else {
            state.waiting.retain(|(number, _)| *number != own);
        }
    }
}

impl AsyncLock for Relay {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        Relay::default()
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock {
            relay: self,
            number: None,
        }
    }
}
