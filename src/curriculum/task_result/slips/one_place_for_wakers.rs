//! "A future leaves its waker, and the task uses it." The second future leaves its own in the place of
//! that of the first, which sleeps for ever.

slip! {
    OnePlaceForWakers<Value>,
    caught_by: each_waiter_gets_the_result,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// Has room for one waker.
struct OnePlaceForWakers<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    result: Option<T>,
    waker: Option<Waker>,
}

impl<T: Clone + Send + 'static> TaskResult<T> for OnePlaceForWakers<T> {
    fn new() -> Self {
        let state = State {
            result: None,
            waker: None,
        };
        OnePlaceForWakers {
            state: Mutex::new(state),
        }
    }

    fn complete(&self, result: T) {
        let mut state = self.state.lock();
        state.result = Some(result);
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
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
            state.waker = Some(context.waker().clone());
            Poll::Pending
        })
    }
}
