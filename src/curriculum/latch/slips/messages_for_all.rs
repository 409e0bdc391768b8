//! "I send more messages than there will ever be threads." A thread may wait often.

slip! {
    MessagesForAll,
    caught_by: all_wait_until_it_opens,
    generated: QueueNeverEnds,
}

use kata::latch::Latch;
use kata::sync::channel::{self, Receiver, Sender};

/// Sends a hundred messages.
struct MessagesForAll {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Latch for MessagesForAll {
    fn new() -> Self {
        let (sender, receiver) = channel::unbounded();
        MessagesForAll { sender, receiver }
    }

    fn open(&self) {
        for _ in 0..100 {
            self.sender.send(()).expect("both ends live as long");
        }
    }

    fn wait(&self) {
        self.receiver.recv().expect("both ends live as long");
    }

    fn is_open(&self) -> bool {
        !self.receiver.is_empty()
    }
}
