//! "Who asks takes the answer from the channel." If two ask, either may take the other's, and that
//! one may be older.

slip! {
    OneReplyChannel,
    caught_by: value_is_never_behind,
    engine: no_pattern,
}

use kata::counter::Counter;
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::thread;

/// A thread owns the count, and answers all who ask through one channel.
struct OneReplyChannel {
    ask: Sender<Ask>,
    answers: Receiver<u64>,
}

enum Ask {
    Add,
    Get,
}

impl Counter for OneReplyChannel {
    fn new() -> Self {
        let (ask, asked) = channel::unbounded();
        let (reply, answers) = channel::unbounded();
        thread::spawn(move || {
            let mut count = 0;
            for ask in asked {
                match ask {
                    Ask::Add => count += 1,
                    Ask::Get => {
                        let _ = reply.send(count);
                    }
                }
            }
        });
        OneReplyChannel { ask, answers }
    }

    fn increment(&self) {
        self.ask.send(Ask::Add).unwrap();
    }

    fn value(&self) -> u64 {
        self.ask.send(Ask::Get).unwrap();
        self.answers.recv().unwrap()
    }
}
