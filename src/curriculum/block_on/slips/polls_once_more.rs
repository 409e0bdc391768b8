//! "The loop ends when it is no longer pending, and then the result is fetched." The poll that
//! ended the loop had it: a future that was ready has no second one.

slip! {
    PollsOnceMore,
    caught_by: polls_until_it_is_ready,
    engine: OneThread,
    loom: OneThread,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, Thread};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Throws the result away, and asks for it again.
struct PollsOnceMore;

struct Unparks {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, SeqCst);
        self.thread.unpark();
    }
}

impl BlockOn for PollsOnceMore {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let unparks = Arc::new(Unparks {
            thread: thread::current(),
            is_woken: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&unparks));
        let mut context = Context::from_waker(&waker);
        while future.as_mut().poll(&mut context).is_pending() {
            while !unparks.is_woken.swap(false, SeqCst) {
                thread::park();
            }
        }
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => output,
            Poll::Pending => unreachable!("it was ready"),
        }
    }
}
