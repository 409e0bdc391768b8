//! "The queue ends with the writers." It ends with the last sender, and the one that was cloned for
//! them is still there.

slip! {
    KeepsASender,
    caught_by: every_thread_ends,
    engine: QueueNeverEnds,
    loom: QueueNeverEnds,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// Keeps a sender itself, so that the queue never ends.
struct KeepsASender;

impl Pipeline for KeepsASender {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(player).unwrap();
                    }
                });
            }
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
