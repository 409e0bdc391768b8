//! "A channel of which I count the messages." It is full at some time, and whoever adds then waits
//! for ever.

slip! {
    ShortLog,
    caught_by: one_increment_adds_one,
    generated: QueueStaysFull,
}

use kata::counter::Counter;
use kata::sync::channel::{self, Receiver, Sender};

/// Notes each increment in a log that has room for so many.
struct ShortLog {
    add: Sender<()>,
    log: Receiver<()>,
}

impl Counter for ShortLog {
    fn new() -> Self {
        let (add, log) = channel::bounded(16);
        ShortLog { add, log }
    }

    fn increment(&self) {
        self.add.send(()).unwrap();
    }

    fn value(&self) -> u64 {
        self.log.len() as u64
    }
}
