//! "There is room for one wake-up, and more are not needed." So the second one must not wait for
//! room: it is one more of what is there already.

slip! {
    WaitsForRoom,
    caught_by: wake_ups_between_two_polls_are_one,
    engine: QueueStaysFull,
    loom: QueueStaysFull,
}

use kata::block_on::BlockOn;
use kata::sync::channel::{self, Sender};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Blocks whoever wakes it twice.
struct WaitsForRoom;

struct Sends(Sender<()>);

impl Wake for Sends {
    fn wake(self: Arc<Self>) {
        // It may have returned.
        let _ = self.0.send(());
    }
}

impl BlockOn for WaitsForRoom {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let (wakes, wake_ups) = channel::bounded(1);
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
