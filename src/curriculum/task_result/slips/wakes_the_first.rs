//! "The result is there: wake up, somebody!" One of those who wait gets it; the others wait for the next
//! result, and there is none.

slip! {
    WakesTheFirst<Value>,
    caught_by: each_waiter_gets_the_result,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Wakes one of those who wait.
struct WakesTheFirst<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for WakesTheFirst<T> {
    fn new() -> Self {
        WakesTheFirst {
            state: Mutex::new(State {
                result: None,
                wakers: BTreeMap::new(),
                next: 0,
            }),
        }
    }

    fn complete(&self, result: T) {
        let mut state = self.state.lock();
        state.result = Some(result);
        let first = state.wakers.pop_first();
        drop(state);
        if let Some((_, waker)) = first {
            waker.wake();
        }
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
    task: &'a WakesTheFirst<T>,
    place: Option<u64>,
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let task = self.task;
        let mut state = task.state.lock();
        if let Some(result) = &state.result {
            return Poll::Ready(result.clone());
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
