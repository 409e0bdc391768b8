//! "Opening sends a message, and who waits receives it." One of them does. The others wait for another.

slip! {
    OneMessage,
    caught_by: opens_once_for_good,
    engine: OneThread,
    loom: OneThread,
}

use kata::latch::Latch;
use kata::sync::channel::{self, Receiver, Sender};

/// A message for all.
struct OneMessage {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Latch for OneMessage {
    fn new() -> Self {
        let (sender, receiver) = channel::unbounded();
        OneMessage { sender, receiver }
    }

    fn open(&self) {
        self.sender.send(()).expect("both ends live as long");
    }

    fn wait(&self) {
        self.receiver.recv().expect("both ends live as long");
    }

    fn is_open(&self) -> bool {
        !self.receiver.is_empty()
    }
}
