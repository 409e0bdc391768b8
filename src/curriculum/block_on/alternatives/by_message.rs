//! A channel with room for one message: who finds it full has been forestalled, and need do nothing.

use kata::block_on::BlockOn;
use kata::sync::channel::{self, Sender};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = ByMessage;

/// A message that is there is a wake-up that was not taken yet.
#[derive(Debug)]
pub struct ByMessage;

struct Sends(Sender<()>);

impl Wake for Sends {
    fn wake(self: Arc<Self>) {
        // Full: the call is about to poll as it is. Closed: it has returned.
        let _ = self.0.try_send(());
    }
}

impl BlockOn for ByMessage {
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
