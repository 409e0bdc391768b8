//! "Before it waits, the flag has to be down." Between the poll and that line, and in the middle of
//! the poll, somebody may have put it up.

slip! {
    ClearsTheFlagAfterThePoll,
    caught_by: polls_until_it_is_ready,
    engine: NeverUnparked,
    loom: NeverUnparked,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, Thread};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Forgets what came in the middle of the poll.
struct ClearsTheFlagAfterThePoll;

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

impl BlockOn for ClearsTheFlagAfterThePoll {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let unparks = Arc::new(Unparks {
            thread: thread::current(),
            is_woken: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&unparks));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            unparks.is_woken.store(false, SeqCst);
            while !unparks.is_woken.load(SeqCst) {
                thread::park();
            }
        }
    }
}
