//! "Nothing on the queue, so that was all." The writer had not come to it yet.

slip! {
    StopsWhenEmpty,
    caught_by: every_player_is_delivered_once,
    engine: EmptyForEnd,
    loom: EmptyForEnd,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// Takes a queue that is empty for one that has ended.
struct StopsWhenEmpty;

impl Pipeline for StopsWhenEmpty {
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
                    while let Ok(player) = queue.try_recv() {
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
