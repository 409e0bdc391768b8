//! A message is the ball: each side waits at its channel, and sends to the other's.

use kata::ping_pong::PingPong;
use kata::sync::channel::{self, Receiver, Sender};

/// What is checked.
pub type Solution = Ball;

/// The way to one side: there is at most one ball, so that sending never waits.
struct Court {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Court {
    fn new() -> Self {
        let (sender, receiver) = channel::bounded(1);
        Court { sender, receiver }
    }

    fn serve(&self) {
        assert!(self.sender.send(()).is_ok(), "both ends live as long");
    }
}

/// A ball that goes to and fro.
pub struct Ball {
    pings: Court,
    pongs: Court,
}

fn play(own: &Court, other: &Court, speak: impl FnOnce()) {
    own.receiver.recv().expect("both ends live as long");
    speak();
    other.serve();
}

impl PingPong for Ball {
    fn new() -> Self {
        let [pings, pongs] = [(); 2].map(|()| Court::new());
        pings.serve();
        Ball { pings, pongs }
    }

    fn ping(&self, speak: impl FnOnce()) {
        play(&self.pings, &self.pongs, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        play(&self.pongs, &self.pings, speak);
    }
}
