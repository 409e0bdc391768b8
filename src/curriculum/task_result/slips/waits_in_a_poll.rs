//! "Who awaits the result has to wait for it." A poll that waits stops its thread, and with it every task
//! that this thread polls; the task itself may be one of them.

slip! {
    WaitsInAPoll<Value>,
    caught_by: only_an_await_waits,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::sync::{Condvar, Mutex};
use kata::task_result::{TaskResult, Value};

/// Waits as threads do.
struct WaitsInAPoll<T> {
    result: Mutex<Option<T>>,
    completed: Condvar,
}

impl<T: Clone + Send + 'static> TaskResult<T> for WaitsInAPoll<T> {
    fn new() -> Self {
        WaitsInAPoll {
            result: Mutex::new(None),
            completed: Condvar::new(),
        }
    }

    fn complete(&self, result: T) {
        *self.result.lock() = Some(result);
        self.completed.notify_all();
    }

    fn done(&self) -> bool {
        self.result.lock().is_some()
    }

    async fn result(&self) -> T {
        let mut result = self.result.lock();
        loop {
            if let Some(result) = &*result {
                return result.clone();
            }
            self.completed.wait(&mut result);
        }
    }
}
