//! "Who wakes it finds it waiting." Or finds it gone: a waker lives as long as somebody keeps it,
//! and whoever has it knows nothing of the call.

slip! {
    ExpectsTheCall,
    caught_by: waits_until_it_is_woken,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::block_on::BlockOn;
use kata::sync::channel::{self, Sender};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Panics in the thread that wakes too late.
struct ExpectsTheCall;

struct Sends(Sender<()>);

impl Wake for Sends {
    fn wake(self: Arc<Self>) {
        self.0.send(()).expect("block_on waits for it");
    }
}

impl BlockOn for ExpectsTheCall {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let (wakes, wake_ups) = channel::unbounded();
        let waker = Waker::from(Arc::new(Sends(wakes)));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            wake_ups.recv().expect("the call has a sender itself");
            // Several wake-ups are one.
            while wake_ups.try_recv().is_ok() {}
        }
    }
}
