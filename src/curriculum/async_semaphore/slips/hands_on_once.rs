//! "Who was woken and leaves wakes the next one." It does; but only who gave the permit back notes
//! who was woken. If the next one leaves as well, it thinks that nobody counts on it.

slip! {
    HandsOnOnce,
    caught_by: who_leaves_hands_its_permit_on,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::num::NonZeroU16;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Hands on what came back, and nothing else.
struct HandsOnOnce {
    state: Mutex<State>,
}

struct State {
    free: u16,
    /// The numbers of those who wait, and what wakes them.
    waiting: VecDeque<(u64, Waker)>,
    /// The number of who waits next.
    next: u64,
    /// Who was woken last.
    woken: Option<u64>,
}

impl State {
    /// What wakes the first one who waits, if there is a permit for it.
    fn first(&self) -> Option<Waker> {
        let first = self.waiting.front().filter(|_| self.free > 0);
        first.map(|(_, waker)| waker.clone())
    }
}

/// One of the permits.
struct Permit<'a>(&'a HandsOnOnce);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.free += 1;
        let woken = state.first();
        state.woken = state.waiting.front().map(|(number, _)| *number);
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

/// Comes to a permit.
struct Acquire<'a> {
    park: &'a HandsOnOnce,
    /// Its number in the queue, while it waits.
    number: Option<u64>,
}

impl<'a> Future for Acquire<'a> {
    type Output = Permit<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit<'a>> {
        let park = self.park;
        let mut state = park.state.lock();
        if state.free > 0 {
            state.free -= 1;
            if let Some(own) = self.number.take() {
                state.waiting.retain(|(number, _)| *number != own);
            }
            // Of several permits that came back, all may have woken the same one.
            let woken = state.first();
            drop(state);
            woken.into_iter().for_each(Waker::wake);
            return Poll::Ready(Permit(park));
        }
        let waker = context.waker().clone();
        if let Some(own) = self.number {
            let mut waiting = state.waiting.iter_mut();
            let place = waiting.find(|(number, _)| *number == own);
            place.expect("who waits is in the queue").1 = waker;
        } else {
            let number = state.next;
            state.next += 1;
            state.waiting.push_back((number, waker));
            self.number = Some(number);
        }
        Poll::Pending
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        let Some(own) = self.number else {
            return;
        };
        let mut state = self.park.state.lock();
        state.waiting.retain(|(number, _)| *number != own);
        let was_woken = state.woken == Some(own);
        let woken = state.first().filter(|_| was_woken);
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

impl AsyncSemaphore for HandsOnOnce {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        HandsOnOnce {
            state: Mutex::new(State {
                free: permits.get(),
                waiting: VecDeque::new(),
                next: 0,
                woken: None,
            }),
        }
    }

    fn acquire(&self) -> impl Future<Output = Permit<'_>> + Send {
        Acquire {
            park: self,
            number: None,
        }
    }
}
