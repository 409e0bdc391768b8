//! "If it is gone, nothing happens when it is woken." Until then its waker is kept, and with it the task that
//! it would wake; who asks with a timeout, again and again, leaves one each time.

slip! {
    KeepsTheWakersOfTheDropped<Value>,
    caught_by: who_is_gone_leaves_no_waker,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Does nothing when a future is dropped.
struct KeepsTheWakersOfTheDropped<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for KeepsTheWakersOfTheDropped<T> {
    fn new() -> Self {
        KeepsTheWakersOfTheDropped {
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
    task: &'a KeepsTheWakersOfTheDropped<T>,
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
