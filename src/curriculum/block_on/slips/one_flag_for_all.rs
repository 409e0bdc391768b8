//! "There is one `block_on`, so a `static` will do." Whoever looks first takes the wake-up,
//! whosever it was.

slip! {
    OneFlagForAll,
    caught_by: calls_do_not_disturb_each_other,
    engine: NeverUnparked,
    loom: NeverUnparked,
}

use kata::block_on::BlockOn;
use kata::sync::thread::{self, Thread};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::task::{Context, Poll, Wake, Waker};

/// Keeps the flag of every call in one place.
struct OneFlagForAll;

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution.
#[allow(clippy::disallowed_types)]
static IS_WOKEN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

struct Unparks {
    thread: Thread,
}

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        IS_WOKEN.store(true, SeqCst);
        self.thread.unpark();
    }
}

impl BlockOn for OneFlagForAll {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        IS_WOKEN.store(false, SeqCst);
        let waker = Waker::from(Arc::new(Unparks {
            thread: thread::current(),
        }));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            while !IS_WOKEN.swap(false, SeqCst) {
                thread::park();
            }
        }
    }
}
