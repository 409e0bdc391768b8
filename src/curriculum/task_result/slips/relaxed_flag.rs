//! "To ask whether it is done needs no lock: a flag does." With `Relaxed` it says that the task is done, and
//! what the task has done need not be seen. Only weak memory shows it.

slip! {
    RelaxedFlag<Value>,
    caught_by: who_sees_done_gets_the_result,
    loom: SeenTooLate,
}

use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::Relaxed;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Has a flag that says that the task is done, and nothing with it.
struct RelaxedFlag<T> {
    is_done: AtomicBool,
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for RelaxedFlag<T> {
    fn new() -> Self {
        RelaxedFlag {
            is_done: AtomicBool::new(false),
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
        self.is_done.store(true, Relaxed);
        wakers.into_values().for_each(Waker::wake);
    }

    fn done(&self) -> bool {
        self.is_done.load(Relaxed)
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        Waits {
            task: self,
            place: None,
        }
    }
}

struct Waits<'a, T> {
    task: &'a RelaxedFlag<T>,
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
