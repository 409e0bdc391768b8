//! "I wake myself, and so I am polled until it is there." Until then the processor never rests, and
//! each poll is one for nothing.

slip! {
    PollsInASpin<Value>,
    caught_by: only_an_await_waits,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::future::poll_fn;
use std::task::Poll;

/// Wakes whoever awaits the result, until it is there.
struct PollsInASpin<T> {
    result: Mutex<Option<T>>,
}

impl<T: Clone + Send + 'static> TaskResult<T> for PollsInASpin<T> {
    fn new() -> Self {
        PollsInASpin {
            result: Mutex::new(None),
        }
    }

    fn complete(&self, result: T) {
        *self.result.lock() = Some(result);
    }

    fn done(&self) -> bool {
        self.result.lock().is_some()
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        poll_fn(|context| {
            if let Some(result) = &*self.result.lock() {
                return Poll::Ready(result.clone());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
    }
}
