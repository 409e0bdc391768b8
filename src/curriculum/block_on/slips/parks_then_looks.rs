//! "`unpark` leaves a permit, so the park comes back at once if it was woken before: the look can
//! come after it." Unless the poll has used the permit up, in a park of its own.

slip! {
    ParksThenLooks,
    caught_by: a_poll_may_park,
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

/// Parks once at least.
struct ParksThenLooks;

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

impl BlockOn for ParksThenLooks {
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
            loop {
                thread::park();
                if unparks.is_woken.swap(false, SeqCst) {
                    break;
                }
            }
        }
    }
}
