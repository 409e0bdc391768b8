//! "The end is sent, so all is done." What is sent is not yet delivered, and nobody waits for the
//! reader.

slip! {
    MainDoesNotWait,
    caught_by: every_player_is_delivered_once,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Waits for the writers, and not for the reader.
struct MainDoesNotWait;

impl Pipeline for MainDoesNotWait {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        for reader in 0..job.readers {
            let (queue, deliver) = (queue.clone(), job.deliver.clone());
            thread::spawn(move || read(reader, &queue, &deliver));
        }
        let (sender, nation) = (&sender, &job.nation);
        thread::scope(|writers| {
            for source in job.sources {
                writers.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(Some(player)).unwrap();
                    }
                });
            }
        });
        for _ in 0..job.readers {
            sender.send(None).unwrap();
        }
    }
}

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// Delivers up to the first `None`.
fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}
