//! The reference solution of `sentinel`: a bounded channel, and the end as a message of its own.

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::thread;

/// What is checked.
pub type Solution = Sentinels;

/// Sends `None` to each reader once the writers have ended.
#[derive(Debug)]
pub struct Sentinels;

impl Pipeline for Sentinels {
    fn run(job: Job) {
        let (queue, players) = channel::bounded(job.capacity);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let (players, deliver) = (&players, &job.deliver);
                scope.spawn(move || read(reader, players, deliver));
            }
            let (queue, nation) = (&queue, &*job.nation);
            let write = |source| scope.spawn(move || write(source, nation, queue));
            let writers: Vec<_> = job.sources.into_iter().map(write).collect();
            for writer in writers {
                writer.join().expect("a writer does not panic");
            }
            // The last player of the last writer is on the queue: what follows is the end.
            end(job.readers, queue);
        });
    }
}

/// What a writer does.
pub fn write(source: Source, nation: &str, queue: &Sender<Option<Player>>) {
    for player in source.filter(|player| player.nation == nation) {
        send(queue, Some(player));
    }
}

/// Tells so many readers that nothing more comes.
pub fn end(readers: usize, queue: &Sender<Option<Player>>) {
    for _ in 0..readers {
        send(queue, None);
    }
}

/// What a reader does: it takes one `None` and no message after that, so that there is one for
/// every reader.
pub fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}

fn send(queue: &Sender<Option<Player>>, message: Option<Player>) {
    let sent = queue.send(message);
    assert!(sent.is_ok(), "the queue outlives the threads");
}
