//! "Then I send the end." It is sent while the writers are still at work, and overtakes their
//! players.

slip! {
    SentinelFirst,
    caught_by: every_player_is_delivered_once,
    engine: EndTooEarly,
    loom: no_pattern,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Sends the end while the writers are still at work.
struct SentinelFirst;

impl Pipeline for SentinelFirst {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            for source in job.sources {
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(Some(player)).unwrap();
                    }
                });
            }
            for _ in 0..job.readers {
                sender.send(None).unwrap();
            }
        });
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
