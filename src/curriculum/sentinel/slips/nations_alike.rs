//! "The line has the nation in it." So it has if another nation's name contains it.

slip! {
    NationsAlike,
    caught_by: every_player_is_delivered_once,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Looks for the nation anywhere in the name of one.
struct NationsAlike;

impl Pipeline for NationsAlike {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &*job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in source.filter(|player| player.nation.contains(nation)) {
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
