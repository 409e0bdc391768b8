//! The writers count down, and the last of them sends each reader its sentinel.

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::AcqRel;
use kata::sync::channel::{self, Receiver};
use kata::sync::thread;
use std::sync::Arc;

/// What is checked.
pub type Solution = LastWriterSaysIt;

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// Leaves the end to the writers.
pub struct LastWriterSaysIt;

impl Pipeline for LastWriterSaysIt {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let writing = Arc::new(AtomicUsize::new(job.sources.len()));
        if job.sources.is_empty() {
            return;
        }
        let mut threads = Vec::new();
        for source in job.sources {
            let (sender, nation, writing) = (sender.clone(), job.nation.clone(), writing.clone());
            threads.push(thread::spawn(move || {
                for player in wanted(source, &nation) {
                    sender.send(Some(player)).unwrap();
                }
                // Each one's Release pairs with the last one's Acquire: the end comes after all.
                if writing.fetch_sub(1, AcqRel) == 1 {
                    (0..job.readers).for_each(|_| sender.send(None).unwrap());
                }
            }));
        }
        for reader in 0..job.readers {
            let (queue, deliver) = (queue.clone(), Arc::clone(&job.deliver));
            threads.push(thread::spawn(move || read(reader, &queue, &deliver)));
        }
        for thread in threads {
            thread.join().unwrap();
        }
    }
}

fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}
