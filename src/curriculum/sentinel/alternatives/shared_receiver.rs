//! The readers share a lock to receive, and give it back before they deliver.

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::channel::{self, Sender};
use kata::sync::{Mutex, thread};

/// What is checked.
pub type Solution = SharedReceiver;

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// One receiver for all readers, behind a lock.
pub struct SharedReceiver;

impl Pipeline for SharedReceiver {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let queue = Mutex::new(queue);
        let (queue, nation, deliver) = (&queue, &job.nation, &job.deliver);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                scope.spawn(move || {
                    loop {
                        // A `let` of its own: the guard goes with the statement.
                        let message = queue.lock().recv();
                        match message {
                            Ok(player) => deliver(reader, player),
                            Err(_) => return,
                        }
                    }
                });
            }
            for source in job.sources {
                let sender: Sender<Player> = sender.clone();
                scope.spawn(move || {
                    wanted(source, nation).for_each(|player| sender.send(player).unwrap());
                });
            }
            drop(sender);
        });
    }
}
