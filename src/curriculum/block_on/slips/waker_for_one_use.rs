//! "`wake` takes the waker, so each is used once." Each clone is; and all clones share what wakes.

slip! {
    WakerForOneUse,
    caught_by: polls_until_it_is_ready,
    engine: NeverUnparked,
    loom: NeverUnparked,
}

use kata::block_on::BlockOn;
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Takes the thread out when it is woken, and does not put it back.
struct WakerForOneUse;

struct Unparks {
    waiting: Mutex<Option<Thread>>,
}

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        if let Some(thread) = self.waiting.lock().take() {
            thread.unpark();
        }
    }
}

impl BlockOn for WakerForOneUse {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let unparks = Arc::new(Unparks {
            waiting: Mutex::new(Some(thread::current())),
        });
        let waker = Waker::from(Arc::clone(&unparks));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            thread::park();
        }
    }
}
