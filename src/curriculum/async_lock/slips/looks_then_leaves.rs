//! "If it was given the lock it gives it back, and if not it leaves the queue." Between the look and
//! the leave the holder gives it the lock: then nobody has it, and nobody ever gives it back.

slip! {
    LooksThenLeaves,
    caught_by: who_is_dropped_costs_nobody_a_turn,
    engine: DroppedHalfway,
}

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Gives the lock to the first one who waits.
#[derive(Default)]
struct LooksThenLeaves {
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

impl LooksThenLeaves {
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
struct Guard<'a>(&'a LooksThenLeaves);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

/// Comes to a guard.
struct Lock<'a> {
    lock: &'a LooksThenLeaves,
    number: Option<u64>,
}

impl<'a> Future for Lock<'a> {
    type Output = Guard<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<'a>> {
        let lock = self.lock;
        let mut state = lock.state.lock();
        let Some(own) = self.number else {
            if !state.is_held {
                state.is_held = true;
                return Poll::Ready(Guard(lock));
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
            return Poll::Ready(Guard(lock));
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
        let is_given = self.lock.state.lock().given == Some(own);
        if is_given {
            self.lock.give_back();
        } else {
            let mut state = self.lock.state.lock();
            state.waiting.retain(|(number, _)| *number != own);
        }
    }
}

impl AsyncLock for LooksThenLeaves {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        LooksThenLeaves::default()
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock {
            lock: self,
            number: None,
        }
    }
}
