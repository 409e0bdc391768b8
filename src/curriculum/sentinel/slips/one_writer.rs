//! "One thread can read all the sources." While the first has nothing to give, the second is not
//! asked.

slip! {
    OneWriter,
    caught_by: a_slow_source_holds_up_nobody,
    engine: HeldUp,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// One writer for all sources.
struct OneWriter;

impl Pipeline for OneWriter {
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
            scope.spawn(move || {
                for source in job.sources {
                    for player in wanted(source, nation) {
                        sender.send(player).unwrap();
                    }
                }
            });
        });
    }
}

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
