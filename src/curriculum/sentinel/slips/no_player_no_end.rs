//! "If nothing was sent there is nothing to end." There is: a reader that waits for the first
//! player.

slip! {
    NoPlayerNoEnd,
    caught_by: every_thread_ends,
    engine: NobodySends,
    loom: NobodySends,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Each player says whether another follows: when there is none, nobody says so.
struct NoPlayerNoEnd;

impl Pipeline for NoPlayerNoEnd {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                let mut handles = Vec::new();
                for source in job.sources {
                    handles.push(writers.spawn(move || {
                        let mut has_sent = false;
                        for player in wanted(source, nation) {
                            sender.send(Some(player)).unwrap();
                            has_sent = true;
                        }
                        has_sent
                    }));
                }
                let mut has_sent = false;
                for writer in handles {
                    has_sent |= writer.join().unwrap();
                }
                if has_sent {
                    (0..job.readers).for_each(|_| sender.send(None).unwrap());
                }
            });
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
