//! WRONG. The end is a player of the year u16::MAX: any year is legal.

use kata::sentinel::{Job, Pipeline, Player};
use kata::sync::{channel, thread};

struct Relay;

impl Pipeline for Relay {
    fn run(job: Job) {
        let (tx, rx) = channel::bounded(job.capacity);
        let (tx, rx, nation, deliver) = (&tx, &rx, &job.nation, &job.deliver);
        thread::scope(|scope| {
            let mut writers = Vec::new();
            for source in job.sources {
                writers.push(scope.spawn(move || {
                    for player in source.filter(|p| p.nation == *nation) {
                        tx.send(player).unwrap();
                    }
                }));
            }
            for reader in 0..job.readers {
                scope.spawn(move || {
                    loop {
                        let player = rx.recv().unwrap();
                        if player.birth_year == u16::MAX {
                            break;
                        }
                        deliver(reader, player);
                    }
                });
            }
            for writer in writers {
                writer.join().unwrap();
            }
            for _ in 0..job.readers {
                tx.send(Player { birth_year: u16::MAX, ..Player::default() }).unwrap();
            }
        });
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::sentinel::checks::<Relay>()
}
