//! The reference solution of `task_result`: under one lock there is the result, or else a waker for each
//! future that waits.

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// What is checked.
pub type Solution = Outcome<Value>;

/// What a task comes to.
#[derive(Debug)]
pub struct Outcome<T> {
    state: Mutex<State<T>>,
}

#[derive(Debug)]
enum State<T> {
    Runs(Waiting),
    Done(T),
}

/// Who waits, each in a place of its own.
#[derive(Default, Debug)]
struct Waiting {
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T> Outcome<T> {
    /// What was left in this place, taken out.
    fn leave(&self, place: u64) -> Option<Waker> {
        match &mut *self.state.lock() {
            State::Runs(waiting) => waiting.wakers.remove(&place),
            State::Done(_) => None,
        }
    }
}

impl<T: Clone + Send + 'static> TaskResult<T> for Outcome<T> {
    fn new() -> Self {
        Outcome {
            state: Mutex::new(State::Runs(Waiting::default())),
        }
    }

    fn complete(&self, result: T) {
        let before = mem::replace(&mut *self.state.lock(), State::Done(result));
        // No lock is held: a waker may poll on the spot.
        if let State::Runs(waiting) = before {
            waiting.wakers.into_values().for_each(Waker::wake);
        }
    }

    fn done(&self) -> bool {
        matches!(*self.state.lock(), State::Done(_))
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        Waits {
            outcome: self,
            place: None,
        }
    }
}

/// Awaits the result.
struct Waits<'a, T> {
    outcome: &'a Outcome<T>,
    /// Where its waker is.
    place: Option<u64>,
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let outcome = self.outcome;
        let mut state = outcome.state.lock();
        // To look and to leave the waker is one: nothing can come in between.
        let waiting = match &mut *state {
            State::Done(result) => return Poll::Ready(result.clone()),
            State::Runs(waiting) => waiting,
        };
        let place = *self.place.get_or_insert_with(|| {
            waiting.next += 1;
            waiting.next
        });
        let earlier = waiting.wakers.insert(place, context.waker().clone());
        drop(state);
        // What a waker does when it is dropped is not known here.
        drop(earlier);
        Poll::Pending
    }
}

impl<T> Drop for Waits<'_, T> {
    fn drop(&mut self) {
        drop(self.place.and_then(|place| self.outcome.leave(place)));
    }
}
