//! music-assistant/server#2566: the None is put with put_nowait and QueueFull is suppressed.

use kata::sentinel::{Job, Pipeline};
use kata::sync::{channel, thread};

struct Relay;

impl Pipeline for Relay {
    fn run(job: Job) {
        let (queue, players) = channel::bounded(job.capacity);
        let (nation, deliver, players, queue) = (&job.nation, &job.deliver, &players, &queue);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                scope.spawn(move || {
                    while let Ok(Some(player)) = players.recv() {
                        deliver(reader, player);
                    }
                });
            }
            let mut writers = Vec::new();
            for source in job.sources {
                writers.push(scope.spawn(move || {
                    for player in source.filter(|player| player.nation == *nation) {
                        queue.send(Some(player)).unwrap();
                    }
                }));
            }
            for writer in writers {
                writer.join().unwrap();
            }
            for _ in 0..job.readers {
                let _ = queue.try_send(None);
            }
        });
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::sentinel::checks::<Relay>()
}
