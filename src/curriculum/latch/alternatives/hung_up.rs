//! A channel that carries nothing: to open the latch is to drop its sender, which every receiver sees.

use kata::latch::Latch;
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender, TryRecvError};

/// What is checked.
pub type Solution = HungUp;

/// It is open if nobody can send any more.
pub struct HungUp {
    sender: Mutex<Option<Sender<()>>>,
    end: Receiver<()>,
}

impl Latch for HungUp {
    fn new() -> Self {
        let (sender, end) = channel::bounded(1);
        HungUp {
            sender: Mutex::new(Some(sender)),
            end,
        }
    }

    fn open(&self) {
        drop(self.sender.lock().take());
    }

    fn wait(&self) {
        let end = self.end.recv();
        assert!(end.is_err(), "nobody sends");
    }

    fn is_open(&self) -> bool {
        self.end.try_recv() == Err(TryRecvError::Disconnected)
    }
}
