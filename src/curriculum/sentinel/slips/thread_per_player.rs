//! "Delivering takes time: a thread for each." They overtake each other, and the order is lost.

slip! {
    ThreadPerPlayer,
    caught_by: each_writers_order_is_kept,
    engine: OrderViolation,
    loom: no_pattern,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// A thread for each delivery: they overtake each other.
struct ThreadPerPlayer;

impl Pipeline for ThreadPerPlayer {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        scope.spawn(move || deliver(reader, player));
                    }
                });
            }
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(player).unwrap();
                    }
                });
            }
            drop(sender);
        });
    }
}

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
