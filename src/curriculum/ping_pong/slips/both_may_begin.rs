//! "Each side has its channel, with a ball in it." Two balls are in play: pong need not wait for
//! ping.

slip! {
    BothMayBegin,
    caught_by: turns_alternate,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::ping_pong::PingPong;
use kata::sync::channel::{self, Receiver, Sender};

/// A ball for each side.
struct BothMayBegin {
    pings: (Sender<()>, Receiver<()>),
    pongs: (Sender<()>, Receiver<()>),
}

impl PingPong for BothMayBegin {
    fn new() -> Self {
        let game = BothMayBegin {
            pings: channel::unbounded(),
            pongs: channel::unbounded(),
        };
        game.pings.0.send(()).unwrap();
        game.pongs.0.send(()).unwrap();
        game
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.pings.1.recv().unwrap();
        speak();
        self.pongs.0.send(()).unwrap();
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.pongs.1.recv().unwrap();
        speak();
        self.pings.0.send(()).unwrap();
    }
}
