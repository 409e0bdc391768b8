//! "The end follows the last player." It does, and one reader takes it; the other waits for ever.

slip! {
    OneSentinel,
    caught_by: every_thread_ends,
    engine: QueueNeverEnds,
    loom: QueueNeverEnds,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// One end, however many readers there are.
struct OneSentinel;

impl Pipeline for OneSentinel {
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
                        for player in wanted(source, nation) {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            sender.send(None).unwrap();
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
