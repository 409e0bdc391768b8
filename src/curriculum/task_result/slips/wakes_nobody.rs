//! "The result is there for everybody to see." Who awaits it does not look, but sleeps until somebody
//! wakes it.

slip! {
    WakesNobody<Value>,
    caught_by: each_waiter_gets_the_result,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::future::poll_fn;
use std::task::Poll;

/// Has a result, and no wakers.
struct WakesNobody<T> {
    result: Mutex<Option<T>>,
}

impl<T: Clone + Send + 'static> TaskResult<T> for WakesNobody<T> {
    fn new() -> Self {
        WakesNobody {
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
        poll_fn(|_| match &*self.result.lock() {
            Some(result) => Poll::Ready(result.clone()),
            None => Poll::Pending,
        })
    }
}
