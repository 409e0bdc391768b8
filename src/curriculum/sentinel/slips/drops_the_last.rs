//! "The last player carries the mark." And is dropped with it, before it is delivered.

slip! {
    DropsTheLast,
    caught_by: every_player_is_delivered_once,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// Marks the last player, and stops at the mark.
struct DropsTheLast;

impl Pipeline for DropsTheLast {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for (player, is_last) in queue {
                        if is_last {
                            break;
                        }
                        deliver(reader, player);
                    }
                });
            }
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    let mut players = wanted(source, nation).peekable();
                    while let Some(player) = players.next() {
                        let is_last = players.peek().is_none();
                        sender.send((player, is_last)).unwrap();
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
