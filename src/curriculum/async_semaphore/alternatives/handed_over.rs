//! Whoever gives a permit back gives it to the first who waits: none is free while somebody waits, and who
//! leaves with one gives it back.

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::num::NonZeroU16;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// What is checked.
pub type Solution = Relay;

/// Permits that go from hand to hand.
pub struct Relay {
    state: Mutex<State>,
}

struct State {
    free: u16,
    waiting: VecDeque<(u64, Waker)>,
    /// Who has been given a permit, and has not come yet.
    given: Vec<u64>,
    next: u64,
}

impl Relay {
    fn give_back(&self) {
        let mut state = self.state.lock();
        let Some((number, waker)) = state.waiting.pop_front() else {
            state.free += 1;
            return;
        };
        state.given.push(number);
        drop(state);
        waker.wake();
    }
}

/// One of the permits.
pub struct Permit<'a>(&'a Relay);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

/// Comes to a permit.
struct Acquire<'a> {
    relay: &'a Relay,
    number: Option<u64>,
}

impl<'a> Future for Acquire<'a> {
    type Output = Permit<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit<'a>> {
        let relay = self.relay;
        let mut state = relay.state.lock();
        let Some(own) = self.number else {
            if state.free > 0 {
                state.free -= 1;
                return Poll::Ready(Permit(relay));
            }
            let number = state.next;
            state.next += 1;
            state.waiting.push_back((number, context.waker().clone()));
            self.number = Some(number);
            return Poll::Pending;
        };
        if let Some(at) = state.given.iter().position(|number| *number == own) {
            state.given.swap_remove(at);
            self.number = None;
            return Poll::Ready(Permit(relay));
        }
        for (number, waker) in &mut state.waiting {
            if *number == own {
                waker.clone_from(context.waker());
            }
        }
        Poll::Pending
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        let Some(own) = self.number else {
            return;
        };
        let mut state = self.relay.state.lock();
        if let Some(at) = state.given.iter().position(|number| *number == own) {
            state.given.swap_remove(at);
            drop(state);
            self.relay.give_back();
        } else {
            state.waiting.retain(|(number, _)| *number != own);
        }
    }
}

impl AsyncSemaphore for Relay {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        Relay {
            state: Mutex::new(State {
                free: permits.get(),
                waiting: VecDeque::new(),
                given: Vec::new(),
                next: 0,
            }),
        }
    }

    fn acquire(&self) -> impl Future<Output = Permit<'_>> + Send {
        Acquire {
            relay: self,
            number: None,
        }
    }
}
