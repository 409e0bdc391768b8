//! WRONG. One thread goes through all the sources, from the last to the first (`while let
//! Some(source) = sources.pop()`): a source that takes its time holds up those before it, and
//! there is not a thread for each.

use kata::sentinel::{Job, Pipeline};
use kata::sync::{channel, thread};

struct Relay;

impl Pipeline for Relay {
    fn run(job: Job) {
        let (tx, rx) = channel::bounded(job.capacity);
        let (rx, nation, deliver) = (&rx, &job.nation, &job.deliver);
        thread::scope(|scope| {
            let mut sources = job.sources;
            scope.spawn(move || {
                while let Some(source) = sources.pop() {
                    for player in source.filter(|p| p.nation == *nation) {
                        tx.send(player).unwrap();
                    }
                }
            });
            for reader in 0..job.readers {
                scope.spawn(move || {
                    while let Ok(player) = rx.recv() {
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::sentinel::checks::<Relay>()
}
