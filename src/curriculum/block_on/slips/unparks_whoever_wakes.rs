//! "`thread::current()` is the thread that has to be unparked." In `wake` it is the thread that
//! wakes: the one that waits is another one.

slip! {
    UnparksWhoeverWakes,
    caught_by: waits_until_it_is_woken,
    engine: NeverUnparked,
    loom: NeverUnparked,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Asks for the thread when it is too late.
struct UnparksWhoeverWakes;

struct Unparks {
    is_woken: AtomicBool,
}

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, SeqCst);
        thread::current().unpark();
    }
}

impl BlockOn for UnparksWhoeverWakes {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let unparks = Arc::new(Unparks {
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
