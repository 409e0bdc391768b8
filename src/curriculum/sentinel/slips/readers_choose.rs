//! "A reader can look at the nation as well." It can, but until then the others are on the queue,
//! and those that are looked for find no room.

slip! {
    ReadersChoose,
    caught_by: as_many_wait_as_there_is_room,
    engine: HeldUp,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// All players go through the queue.
struct ReadersChoose;

impl Pipeline for ReadersChoose {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &*job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver, nation));
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in source {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
        });
    }
}

/// Delivers those of the nation, up to the first `None`.
fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver, nation: &str) {
    while let Ok(Some(player)) = queue.recv() {
        if player.nation == nation {
            deliver(reader, player);
        }
    }
}
