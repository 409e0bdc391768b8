//! "It is in the queue, with its waker." That is the waker of its first poll. A task that is moved to
//! another executor, or is part of a selection, is polled with another one the next time.

slip! {
    KeepsItsFirstWaker,
    caught_by: one_holder_at_a_time,
    engine: OldWaker,
}

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Leaves a waker in the first poll only.
#[derive(Default)]
struct KeepsItsFirstWaker {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_held: bool,
    /// The numbers of those who wait, in their order, and what wakes them.
    waiting: VecDeque<(u64, Waker)>,
    /// The number of who waits next.
    next: u64,
}

impl State {
    /// What wakes the one whose turn it is, if it is somebody's.
    fn whose_turn(&self) -> Option<Waker> {
        let first = self.waiting.front().filter(|_| !self.is_held);
        first.map(|(_, waker)| waker.clone())
    }
}

/// Holds the lock.
struct Guard<'a>(&'a KeepsItsFirstWaker);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.is_held = false;
        let woken = state.whose_turn();
        // Nothing is locked here any more when the waker is used: it may do anything.
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

/// Comes to a guard.
struct Lock<'a> {
    lock: &'a KeepsItsFirstWaker,
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
        if self.number.is_none() {
            let waker = context.waker().clone();
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
        let woken = state.whose_turn();
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

impl AsyncLock for KeepsItsFirstWaker {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        KeepsItsFirstWaker::default()
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock {
            lock: self,
            number: None,
        }
    }
}
