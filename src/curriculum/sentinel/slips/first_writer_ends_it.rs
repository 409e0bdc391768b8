//! "A writer says when it has ended." To the readers that is the end of all, and the other writer's
//! players stay on the queue.

slip! {
    FirstWriterEndsIt,
    caught_by: every_player_is_delivered_once,
    engine: QueueStaysFull,
    loom: NobodySends,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Each writer tells every reader that it is the end, as if it were the only one.
struct FirstWriterEndsIt;

impl Pipeline for FirstWriterEndsIt {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        let readers = job.readers;
        thread::scope(|scope| {
            for reader in 0..readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            for source in job.sources {
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(Some(player)).unwrap();
                    }
                    for _ in 0..readers {
                        sender.send(None).unwrap();
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

/// Delivers up to the first `None`.
fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}
