//! One sentinel for all: who takes it puts it back for the next reader.

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::channel;
use kata::sync::thread;

/// What is checked.
pub type Solution = HandsTheEndOn;

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// Sends one sentinel.
pub struct HandsTheEndOn;

impl Pipeline for HandsTheEndOn {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let put = |message: Option<Player>| sender.send(message).unwrap();
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let (queue, deliver) = (&queue, &job.deliver);
                scope.spawn(move || {
                    while let Some(player) = queue.recv().unwrap() {
                        deliver(reader, player);
                    }
                    // There is room: nobody puts anything after the end.
                    put(None);
                });
            }
            let nation = &job.nation;
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || wanted(source, nation).map(Some).for_each(put));
                }
            });
            put(None);
        });
    }
}
