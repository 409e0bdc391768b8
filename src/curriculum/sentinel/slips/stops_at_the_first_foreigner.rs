//! "`take_while` takes those that match." Up to the first that does not; what comes after it is
//! lost.

slip! {
    StopsAtTheFirstForeigner,
    caught_by: every_player_is_delivered_once,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Stops at the first player of another nation.
struct StopsAtTheFirstForeigner;

impl Pipeline for StopsAtTheFirstForeigner {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in source.take_while(|player| player.nation == *nation) {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
        });
    }
}

/// Delivers up to the first `None`.
fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}
