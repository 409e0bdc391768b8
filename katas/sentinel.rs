//! The pipeline and its end: players go over a queue, and every reader learns of the end.
//!
//! This version's readers stop when the queue is empty. Change `Relay` so that it keeps the contract
//! of `kata::sentinel::Pipeline`; everything in `kata::sync` is yours: `channel`, `thread`, ...
//!
//!     cargo kata check sentinel    checks this file, and draws what goes wrong
//!     cargo kata brief sentinel    explains the problem
//!     cargo kata                   shows where you stand

use kata::sentinel::{Job, Pipeline};
use kata::sync::{channel, thread};

struct Relay;

impl Pipeline for Relay {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (nation, deliver) = (&job.nation, &job.deliver);
        thread::scope(|scope| {
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    for player in source.filter(|player| player.nation == *nation) {
                        sender.send(player).unwrap();
                    }
                });
            }
            for reader in 0..job.readers {
                let queue = &queue;
                scope.spawn(move || {
                    while let Ok(player) = queue.try_recv() {
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

fn main() -> std::process::ExitCode {
    kata::sentinel::check::<Relay>()
}
