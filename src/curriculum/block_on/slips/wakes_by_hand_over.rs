//! "Whoever wakes it hands the wake-up over." To hand something over takes two: in the middle of a
//! poll nobody takes it, and if the future wakes itself, nobody ever will.

slip! {
    WakesByHandOver,
    caught_by: polls_until_it_is_ready,
    engine: QueueStaysFull,
    loom: QueueStaysFull,
}

use kata::block_on::BlockOn;
use kata::sync::channel::{self, Sender};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Waits for whom it wakes.
struct WakesByHandOver;

struct Sends(Sender<()>);

impl Wake for Sends {
    fn wake(self: Arc<Self>) {
        // It may have returned.
        let _ = self.0.send(());
    }
}

impl BlockOn for WakesByHandOver {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let (wakes, wake_ups) = channel::bounded(0);
        let waker = Waker::from(Arc::new(Sends(wakes)));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            wake_ups.recv().expect("the call has a sender itself");
        }
    }
}
