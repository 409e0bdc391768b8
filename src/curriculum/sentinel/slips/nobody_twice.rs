//! "Nobody is delivered twice: I keep a list of who was." Two players may be alike in all that is
//! known of them, and each of them counts.

slip! {
    NobodyTwice,
    caught_by: no_player_is_special,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sentinel::{Deliver, Job, Pipeline, Player};
use kata::sync::channel::Receiver;
use kata::sync::{channel, thread};

/// Sends a player of a source only once.
struct NobodyTwice;

impl Pipeline for NobodyTwice {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &*job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        let mut sent: Vec<Player> = Vec::new();
                        for player in source.filter(|player| player.nation == nation) {
                            if !sent.contains(&player) {
                                sent.push(player.clone());
                                sender.send(Some(player)).unwrap();
                            }
                        }
                    });
                }
            });
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
        });
    }
}

/// Delivers up to the first `None`.
fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}
