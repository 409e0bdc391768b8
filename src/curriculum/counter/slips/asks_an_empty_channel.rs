//! "The channel holds the count: who needs it takes it out, and puts it back." Nobody has put the
//! first one in, and all wait for it.

slip! {
    AsksAnEmptyChannel,
    caught_by: counters_are_apart,
    engine: NobodySends,
    loom: NobodySends,
}

use kata::counter::Counter;
use kata::sync::channel::{self, Receiver, Sender};

/// Who has the message may change the count.
struct AsksAnEmptyChannel {
    give: Sender<u64>,
    take: Receiver<u64>,
}

impl Counter for AsksAnEmptyChannel {
    fn new() -> Self {
        let (give, take) = channel::unbounded();
        AsksAnEmptyChannel { give, take }
    }

    fn increment(&self) {
        let count = self.take.recv().unwrap();
        self.give.send(count + 1).unwrap();
    }

    fn value(&self) -> u64 {
        let count = self.take.recv().unwrap();
        self.give.send(count).unwrap();
        count
    }
}
