//! "An atomic is an atomic." With `Relaxed` the thread sees that it was woken, but not what was
//! done before. Only weak memory shows it.

slip! {
    RelaxedFlag,
    caught_by: a_poll_sees_what_came_before,
    loom: SeenTooLate,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::thread;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Says that it was woken, and nothing with it.
struct RelaxedFlag;

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

impl BlockOn for RelaxedFlag {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&flag));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            while !flag.0.swap(false, Relaxed) {
                thread::yield_now();
            }
        }
    }
}
