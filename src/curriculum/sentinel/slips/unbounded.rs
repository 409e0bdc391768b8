//! "Then nobody ever waits for room." And when the readers are slower than the writers, all the
//! players are in memory.

slip! {
    Unbounded,
    caught_by: no_more_wait_than_there_is_room,
    engine: no_pattern,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// A queue without a bound.
struct Unbounded;

impl Pipeline for Unbounded {
    fn run(job: Job) {
        let (sender, queue) = channel::unbounded();
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
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
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
