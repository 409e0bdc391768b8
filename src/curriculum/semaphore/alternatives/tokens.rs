//! Each permit is a message in a channel: to take one is to receive it, to release one is to send it.

use kata::semaphore::Semaphore;
use kata::sync::channel::{self, Receiver, Sender};

/// What is checked.
pub type Solution = Tokens;

/// As many messages as there are permits.
pub struct Tokens {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Semaphore for Tokens {
    fn new(permits: usize) -> Self {
        let (sender, receiver) = channel::unbounded();
        let tokens = Tokens { sender, receiver };
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
