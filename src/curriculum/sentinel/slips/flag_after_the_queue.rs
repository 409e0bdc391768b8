//! "Empty, and all is written: the end." Between these two looks the last player was put on the
//! queue.

slip! {
    FlagAfterTheQueue,
    caught_by: every_player_is_delivered_once,
    engine: EmptyForEnd,
    loom: EmptyForEnd,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{channel, thread};

/// Looks first whether the queue is empty, and then whether that is the end.
struct FlagAfterTheQueue;

impl Pipeline for FlagAfterTheQueue {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        let all_written = &AtomicBool::new(false);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    loop {
                        if let Ok(player) = queue.try_recv() {
                            deliver(reader, player);
                        } else if all_written.load(SeqCst) {
                            break;
                        } else {
                            thread::yield_now();
                        }
                    }
                });
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in wanted(source, nation) {
                            sender.send(player).unwrap();
                        }
                    });
                }
            });
            all_written.store(true, SeqCst);
        });
    }
}

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
