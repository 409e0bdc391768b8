//! No sentinel: the queue ends for everybody when the last writer drops its sender.

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::channel;
use kata::sync::thread;

/// What is checked.
pub type Solution = HangUp;

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// Drops the senders.
pub struct HangUp;

impl Pipeline for HangUp {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        thread::scope(|scope| {
            for source in job.sources {
                let (sender, nation) = (sender.clone(), &job.nation);
                scope.spawn(move || {
                    wanted(source, nation).for_each(|player| sender.send(player).unwrap());
                });
            }
            // Only the writers keep the queue open.
            drop(sender);
            for reader in 0..job.readers {
                let (queue, deliver) = (&queue, &job.deliver);
                scope.spawn(move || queue.iter().for_each(|player| deliver(reader, player)));
            }
        });
    }
}
