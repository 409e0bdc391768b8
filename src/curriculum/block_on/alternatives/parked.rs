//! An atomic flag, and a thread that parks until it is set: as `futures::executor::block_on` does.

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread::{self, Thread};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = Parked;

/// The flag says whether to poll; the park only saves looking.
#[derive(Debug)]
pub struct Parked;

struct Unparks {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        // Release pairs with the Acquire below: the next poll sees what was done before.
        self.is_woken.store(true, Release);
        self.thread.unpark();
    }
}

impl BlockOn for Parked {
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
            // The poll itself may have used up the permit: so the look comes before the park.
            while !unparks.is_woken.swap(false, Acquire) {
                thread::park();
            }
        }
    }
}
