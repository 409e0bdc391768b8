//! "As many tokens as there are permits fit in the box." One that is released beyond that waits for room.

slip! {
    RoomForItsOwn,
    caught_by: permits_are_counted,
    engine: QueueStaysFull,
    loom: QueueStaysFull,
}

use kata::semaphore::Semaphore;
use kata::sync::channel::{self, Receiver, Sender};

/// Has room for the permits with which it was made.
struct RoomForItsOwn {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Semaphore for RoomForItsOwn {
    fn new(permits: usize) -> Self {
        let (sender, receiver) = channel::bounded(permits.max(1));
        let tokens = RoomForItsOwn { sender, receiver };
        (0..permits).for_each(|_| tokens.release());
        tokens
    }

    fn acquire(&self) {
        self.receiver.recv().expect("both ends live as long");
    }

    fn try_acquire(&self) -> bool {
        self.receiver.try_recv().is_ok()
    }

    fn release(&self) {
        self.sender.send(()).expect("both ends live as long");
    }
}
