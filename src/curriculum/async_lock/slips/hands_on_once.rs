//! "Who was woken and leaves wakes the next one." It does; but only the holder notes who was woken.
//! If the next one leaves as well, it thinks that it was not its turn.

slip! {
    HandsOnOnce,
    caught_by: who_leaves_hands_its_turn_on,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Hands on what the holder has given, and nothing else.
#[derive(Default)]
struct HandsOnOnce {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_held: bool,
    /// The numbers of those who wait, in their order, and what wakes them.
    waiting: VecDeque<(u64, Waker)>,
    /// The number of who waits next.
    next: u64,
    /// Who was woken last.
    woken: Option<u64>,
}

impl State {
    /// What wakes the one whose turn it is, if it is somebody's.
    fn whose_turn(&self) -> Option<Waker> {
        let first = self.waiting.front().filter(|_| !self.is_held);
        first.map(|(_, waker)| waker.clone())
    }
}

/// Holds the lock.
struct Guard<'a>(&'a HandsOnOnce);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.is_held = false;
        let woken = state.whose_turn();
        state.woken = state.waiting.front().map(|(number, _)| *number);
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

/// Comes to a guard.
struct Lock<'a> {
    lock: &'a HandsOnOnce,
    /// Its number in the queue, while it waits.
    number: Option<u64>,
}

impl<'a> Future for Lock<'a> {
    type Output = Guard<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<'a>> {
        let lock = self.lock;
        let mut state = lock.state.lock();
        let first = state.waiting.front().map(|(number, _)| *number);
        // Either it is the first one, or it does not wait and neither does anybody else.
        if !state.is_held && first == self.number {
            state.is_held = true;
            state.waiting.pop_front();
            self.number = None;
            return Poll::Ready(Guard(lock));
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

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let Some(own) = self.number else {
            return;
        };
        let mut state = self.lock.state.lock();
        state.waiting.retain(|(number, _)| *number != own);
        let was_woken = state.woken == Some(own);
        let woken = state.whose_turn().filter(|_| was_woken);
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

impl AsyncLock for HandsOnOnce {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        HandsOnOnce::default()
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock {
            lock: self,
            number: None,
        }
    }
}
