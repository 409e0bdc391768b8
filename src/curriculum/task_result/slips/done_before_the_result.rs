//! "The flag says that the task is at its end, and so it is the first thing to be set." Who sees it asks for
//! the result, and it is not there yet.

slip! {
    DoneBeforeTheResult<Value>,
    caught_by: who_sees_done_gets_the_result,
    engine: AnnouncedTooEarly,
    loom: no_pattern,
}

use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Has a flag that is up before the result is there.
struct DoneBeforeTheResult<T> {
    is_done: AtomicBool,
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + 'static> TaskResult<T> for DoneBeforeTheResult<T> {
    fn new() -> Self {
        DoneBeforeTheResult {
            is_done: AtomicBool::new(false),
            state: Mutex::new(State {
                result: None,
                wakers: BTreeMap::new(),
                next: 0,
            }),
        }
    }

    fn complete(&self, result: T) {
        self.is_done.store(true, SeqCst);
        let mut state = self.state.lock();
        state.result = Some(result);
        let wakers = mem::take(&mut state.wakers);
        drop(state);
        wakers.into_values().for_each(Waker::wake);
    }

    fn done(&self) -> bool {
        self.is_done.load(SeqCst)
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        Waits {
            task: self,
            place: None,
        }
    }
}

struct Waits<'a, T> {
    task: &'a DoneBeforeTheResult<T>,
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
