//! An atomic flag, and a thread that looks at it again and again, and gives way each time.

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = GivesWay;

/// Looks at the flag, and not at the future: that is polled for wake-ups only.
#[derive(Debug)]
pub struct GivesWay;

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        // Release pairs with the Acquire below: the next poll sees what was done before.
        self.0.store(true, Release);
    }
}

impl BlockOn for GivesWay {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&flag));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            while !flag.0.swap(false, Acquire) {
                thread::yield_now();
            }
        }
    }
}
