//! "The task may end when all who wait have the result." Who waits may be slow, or be polled by the thread
//! of this very task: then they wait for each other.

slip! {
    WaitsUntilAllHaveIt<Value>,
    caught_by: only_an_await_waits,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::sync::{Condvar, Mutex};
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Has a task that waits for those who wait for it.
struct WaitsUntilAllHaveIt<T> {
    state: Mutex<State<T>>,
    left: Condvar,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for WaitsUntilAllHaveIt<T> {
    fn new() -> Self {
        WaitsUntilAllHaveIt {
            state: Mutex::new(State {
                result: None,
                wakers: BTreeMap::new(),
                next: 0,
            }),
            left: Condvar::new(),
        }
    }

    fn complete(&self, result: T) {
        let mut state = self.state.lock();
        state.result = Some(result);
        let wakers: Vec<Waker> = state.wakers.values().cloned().collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        let mut state = self.state.lock();
        while !state.wakers.is_empty() {
            self.left.wait(&mut state);
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
    task: &'a WaitsUntilAllHaveIt<T>,
    place: Option<u64>,
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let task = self.task;
        let mut state = task.state.lock();
        if let Some(result) = state.result.clone() {
            if let Some(place) = self.place.take() {
                state.wakers.remove(&place);
                task.left.notify_all();
            }
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
            self.task.left.notify_all();
        }
    }
}
