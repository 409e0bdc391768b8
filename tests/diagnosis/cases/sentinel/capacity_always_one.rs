//! WRONG. The queue always holds 1, whatever job.capacity is: while a reader is still delivering,
//! writers are held up although there is room. Wrong if capacity > 1.

use kata::sentinel::{Job, Pipeline};
use kata::sync::{channel, thread};

struct Relay;

impl Pipeline for Relay {
    fn run(job: Job) {
        let (tx, rx) = channel::bounded(1);
        let (rx, nation, deliver) = (&rx, &job.nation, &job.deliver);
        thread::scope(|scope| {
            for source in job.sources {
                let tx = tx.clone();
                scope.spawn(move || {
                    for player in source.filter(|p| p.nation == *nation) {
                        tx.send(player).unwrap();
                    }
                });
            }
            drop(tx);
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
