//! "The lock is only for receiving." In the head of a `while let` its guard lives through the body:
//! the other readers wait.

slip! {
    LockHeldInTheBody,
    caught_by: a_slow_reader_holds_up_nobody,
    engine: WaitsHoldingLock,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{Mutex, channel, thread};

/// Receives in the head of the loop, so that the lock is held through its body.
struct LockHeldInTheBody;

impl Pipeline for LockHeldInTheBody {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let queue = &Mutex::new(queue);
        let nation = &job.nation;
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    while let Ok(player) = queue.lock().recv() {
                        deliver(reader, player);
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
