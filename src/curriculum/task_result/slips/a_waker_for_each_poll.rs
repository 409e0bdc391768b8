//! "Each poll leaves its waker, and all of them are used." A future that is polled a thousand times beside
//! others leaves a thousand; they are kept, and used, though all but one are out of date.

slip! {
    AWakerForEachPoll<Value>,
    caught_by: the_last_waker_is_kept,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::future::poll_fn;
use std::mem;
use std::task::{Poll, Waker};

/// Keeps the wakers of all polls.
struct AWakerForEachPoll<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    wakers: Vec<Waker>,
}

impl<T: Clone + Send + 'static> TaskResult<T> for AWakerForEachPoll<T> {
    fn new() -> Self {
        AWakerForEachPoll {
            state: Mutex::new(State {
                result: None,
                wakers: Vec::new(),
            }),
        }
    }

    fn complete(&self, result: T) {
        let mut state = self.state.lock();
        state.result = Some(result);
        let wakers = mem::take(&mut state.wakers);
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    fn done(&self) -> bool {
        self.state.lock().result.is_some()
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        poll_fn(|context| {
            let mut state = self.state.lock();
            if let Some(result) = &state.result {
                return Poll::Ready(result.clone());
            }
            state.wakers.push(context.waker().clone());
            Poll::Pending
        })
    }
}
