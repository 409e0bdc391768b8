//! "A panic without a word of where it came from helps nobody: say that it was the future." Now
//! nobody learns what the future had to say.

slip! {
    PanicsAnew,
    caught_by: a_panic_goes_on,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, Thread};
use std::panic::{self, AssertUnwindSafe};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Catches the panic, and makes one of its own.
struct PanicsAnew;

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

impl BlockOn for PanicsAnew {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let unparks = Arc::new(Unparks {
            thread: thread::current(),
            is_woken: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&unparks));
        let mut context = Context::from_waker(&waker);
        loop {
            let poll = AssertUnwindSafe(|| future.as_mut().poll(&mut context));
            match panic::catch_unwind(poll) {
                Ok(Poll::Ready(output)) => return output,
                Ok(Poll::Pending) => {}
                Err(_) => panic!("the future has panicked"),
            }
            while !unparks.is_woken.swap(false, SeqCst) {
                thread::park();
            }
        }
    }
}
