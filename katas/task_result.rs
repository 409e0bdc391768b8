//! The result of a task: others ask whether it is done, and await what it has come to.
//!
//! In this version those who await it are never told that it is there. Change `Outcome` so that it keeps the
//! contract of `kata::task_result::TaskResult`; everything in `kata::sync` is yours: `Mutex`, `atomic`,
//! `OnceLock`, ...
//!
//!     cargo kata check task_result    checks this file, and draws what goes wrong
//!     cargo kata brief task_result    explains the problem
//!     cargo kata                      shows where you stand

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::future::poll_fn;
use std::task::Poll;

struct Outcome<T> {
    result: Mutex<Option<T>>,
}

impl<T: Clone + Send + 'static> TaskResult<T> for Outcome<T> {
    fn new() -> Self {
        Outcome {
            result: Mutex::new(None),
        }
    }

    fn complete(&self, result: T) {
        *self.result.lock() = Some(result);
        // Who wakes those who await it?
    }

    fn done(&self) -> bool {
        self.result.lock().is_some()
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        poll_fn(|_context| match &*self.result.lock() {
            Some(result) => Poll::Ready(result.clone()),
            None => Poll::Pending,
        })
    }
}

fn main() -> std::process::ExitCode {
    kata::task_result::check::<Outcome<Value>>()
}
