//! "Nobody is called like that." The contract does not say so: a player that equals the sentinel
//! ends it all.

slip! {
    PlayerAsSentinel,
    caught_by: no_player_is_special,
    engine: QueueStaysFull,
    loom: QueueStaysFull,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{channel, thread};

/// Takes a player without a name for the end.
struct PlayerAsSentinel;

impl Pipeline for PlayerAsSentinel {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    let end = Player::default();
                    for player in queue.iter().take_while(|player| *player != end) {
                        deliver(reader, player);
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
            for _ in 0..job.readers {
                sender.send(Player::default()).unwrap();
            }
        });
    }
}

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
