//! "I wake the first one, and each wakes the next when it has the result." One that is dropped between its
//! wake-up and its poll wakes nobody, and those behind it sleep for ever.

slip! {
    EachWakesTheNext<Value>,
    caught_by: whoever_leaves_takes_nothing_along,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Hands the wake-up on from one to the next.
struct EachWakesTheNext<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for EachWakesTheNext<T> {
    fn new() -> Self {
        EachWakesTheNext {
            state: Mutex::new(State {
                result: None,
                wakers: BTreeMap::new(),
                next: 0,
            }),
        }
    }

    fn complete(&self, result: T) {
        self.state.lock().result = Some(result);
        self.wake_the_next();
    }

    fn done(&self) -> bool {
        self.state.lock().result.is_some()
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        Waits {
            task: self,
            place: None,
        }
    }
}

struct Waits<'a, T> {
    task: &'a EachWakesTheNext<T>,
    place: Option<u64>,
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let task = self.task;
        let mut state = task.state.lock();
        if let Some(result) = state.result.clone() {
            drop(state);
            task.wake_the_next();
            return Poll::Ready(result);
        }
        let place = *self.place.get_or_insert_with(|| {
            state.next += 1;
            state.next
        });
        state.wakers.insert(place, context.waker().clone());
        Poll::Pending
    }
}

impl<T> Drop for Waits<'_, T> {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            self.task.state.lock().wakers.remove(&place);
        }
    }
}

impl<T> EachWakesTheNext<T> {
    fn wake_the_next(&self) {
        let next = self.state.lock().wakers.pop_first();
        if let Some((_, waker)) = next {
            waker.wake();
        }
    }
}
