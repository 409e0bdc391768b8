//! "The message stays in the channel, so it stays open." And opening it again waits for room.

slip! {
    RoomForOneOpening,
    caught_by: opens_once_for_good,
    engine: QueueStaysFull,
    loom: QueueStaysFull,
}

use kata::latch::Latch;
use kata::sync::channel::{self, Receiver, Sender};

/// Who receives the message puts it back.
struct RoomForOneOpening {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Latch for RoomForOneOpening {
    fn new() -> Self {
        let (sender, receiver) = channel::bounded(1);
        RoomForOneOpening { sender, receiver }
    }

    fn open(&self) {
        self.sender.send(()).expect("both ends live as long");
    }

    fn wait(&self) {
        self.receiver.recv().expect("both ends live as long");
        self.open();
    }

    fn is_open(&self) -> bool {
        !self.receiver.is_empty()
    }
}
