//! One thread owns the count; the others send it messages.

use kata::counter::Counter;
use kata::sync::channel::{self, Sender};
use kata::sync::thread;

/// What is checked.
pub type Solution = OwningThread;

enum Message {
    Increment,
    Value(Sender<u64>),
}

/// A thread that owns the count, and a channel to it.
pub struct OwningThread {
    messages: Sender<Message>,
}

impl Counter for OwningThread {
    fn new() -> Self {
        let (sender, messages) = channel::unbounded();
        // Ends once the counter, hence the only sender, is gone.
        thread::spawn(move || {
            let mut count = 0;
            for message in messages {
                match message {
                    Message::Increment => count += 1,
                    // Nobody else needs the answer if the one who asked is gone.
                    Message::Value(reply) => drop(reply.send(count)),
                }
            }
        });
        OwningThread { messages: sender }
    }

    fn increment(&self) {
        // Messages are received in the order in which they were sent: a later question comes after.
        self.send(Message::Increment);
    }

    fn value(&self) -> u64 {
        let (reply, answer) = channel::bounded(1);
        self.send(Message::Value(reply));
        answer.recv().expect("the owner answers every question")
    }
}

impl OwningThread {
    fn send(&self, message: Message) {
        let sent = self.messages.send(message);
        assert!(sent.is_ok(), "the owner lives as long as the counter");
    }
}
