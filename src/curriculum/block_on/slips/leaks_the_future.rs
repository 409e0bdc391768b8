//! "A pinned future must never move: on the heap, and leaked, it cannot." Nor does it ever go: what
//! it holds, a file or a lock or the end of a channel, stays open for good.

slip! {
    LeaksTheFuture,
    caught_by: the_future_is_dropped,
    engine: OneThread,
    loom: OneThread,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, Thread};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has a future that nobody drops.
struct LeaksTheFuture;

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

impl BlockOn for LeaksTheFuture {
    fn block_on<F: Future>(future: F) -> F::Output {
        let future = Box::leak(Box::new(Box::pin(future)));
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
            while !unparks.is_woken.swap(false, SeqCst) {
                thread::park();
            }
        }
    }
}
