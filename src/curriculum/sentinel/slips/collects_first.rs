//! "First I find the players, then I send them." The readers wait for the last one, and the memory
//! holds them all.

slip! {
    CollectsFirst,
    caught_by: a_slow_source_holds_up_nobody,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// Finds all, and then begins to put them on the queue.
struct CollectsFirst;

impl Pipeline for CollectsFirst {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        deliver(reader, player);
                    }
                });
            }
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    let players: Vec<Player> = wanted(source, nation).collect();
                    for player in players {
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
