//! "To block within a future is a mistake, so say so." It may be one in a program; here whoever
//! polls cannot know what a future does in its poll, and the contract allows it.

slip! {
    RefusesToBeNested,
    caught_by: a_poll_may_call_it,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex, thread_local};
use std::cell::Cell;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Panics if it is called within a poll.
struct RefusesToBeNested;

#[derive(Default)]
struct Signal {
    is_given: Mutex<bool>,
    given: Condvar,
}

impl Signal {
    fn take(&self) {
        let mut is_given = self.is_given.lock();
        while !*is_given {
            self.given.wait(&mut is_given);
        }
        *is_given = false;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.is_given.lock() = true;
        self.given.notify_one();
    }
}

thread_local! {
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
}

impl BlockOn for RefusesToBeNested {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        assert!(!IS_RUNNING.replace(true), "block_on within block_on");
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                IS_RUNNING.set(false);
                return output;
            }
            signal.take();
        }
    }
}
