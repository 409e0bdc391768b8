//! "First I look, and if it is not there I leave my waker." In between the result may come, and whoever
//! brings it finds no waker.

slip! {
    WakerLeftAfterTheLook<Value>,
    caught_by: each_waiter_gets_the_result,
    engine: WakerTooLate,
    loom: WakerTooLate,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Gives its lock back between the look and the waker.
struct WakerLeftAfterTheLook<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for WakerLeftAfterTheLook<T> {
    fn new() -> Self {
        WakerLeftAfterTheLook {
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
        let wakers = mem::take(&mut state.wakers);
        drop(state);
        wakers.into_values().for_each(Waker::wake);
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
    task: &'a WakerLeftAfterTheLook<T>,
    place: Option<u64>,
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let task = self.task;
        let result = task.state.lock().result.clone();
        if let Some(result) = result {
            return Poll::Ready(result);
        }
        let mut state = task.state.lock();
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
