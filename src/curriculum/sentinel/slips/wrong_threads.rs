//! Threads that are not waited for, or wait for each other.

use super::parts::{read, wanted};
use crate::curriculum::sentinel::{Job, Pipeline, Player};
use crate::sync::{Condvar, Mutex, channel, thread};
use std::sync::Arc;

/// Waits for the writers, and not for the reader.
pub struct MainDoesNotWait;

impl Pipeline for MainDoesNotWait {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        for reader in 0..job.readers {
            let (queue, deliver) = (queue.clone(), job.deliver.clone());
            thread::spawn(move || read(reader, &queue, &deliver));
        }
        let (sender, nation) = (&sender, &job.nation);
        thread::scope(|writers| {
            for source in job.sources {
                writers.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(Some(player)).unwrap();
                    }
                });
            }
        });
        for _ in 0..job.readers {
            sender.send(None).unwrap();
        }
    }
}

/// Waits until all is delivered, and forgets the reader that waits for more.
pub struct WaitsForThePlayers;

impl Pipeline for WaitsForThePlayers {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let delivered = Arc::new((Mutex::new(0), Condvar::new()));
        for reader in 0..job.readers {
            let (queue, deliver) = (queue.clone(), job.deliver.clone());
            let delivered = Arc::clone(&delivered);
            thread::spawn(move || {
                while let Ok(Some(player)) = queue.recv() {
                    deliver(reader, player);
                    *delivered.0.lock() += 1;
                    delivered.1.notify_all();
                }
            });
        }
        let mut writers = Vec::new();
        for source in job.sources {
            let (sender, nation) = (sender.clone(), job.nation.clone());
            writers.push(thread::spawn(move || {
                let players = wanted(source, &nation);
                players
                    .map(|player| sender.send(Some(player)).unwrap())
                    .count()
            }));
        }
        let mut written = 0;
        for writer in writers {
            written += writer.join().unwrap();
        }
        let (count, grown) = &*delivered;
        let mut count = count.lock();
        while *count < written {
            grown.wait(&mut count);
        }
        sender.send(None).unwrap();
    }
}

/// Receives in the head of the loop, so that the lock is held through its body.
pub struct LockHeldWhileDelivering;

impl Pipeline for LockHeldWhileDelivering {
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

/// A thread for each delivery: they overtake each other.
pub struct ThreadPerPlayer;

impl Pipeline for ThreadPerPlayer {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        scope.spawn(move || deliver(reader, player));
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

/// One writer for all sources.
pub struct OneWriter;

impl Pipeline for OneWriter {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        deliver(reader, player);
                    }
                });
            }
            scope.spawn(move || {
                for source in job.sources {
                    for player in wanted(source, nation) {
                        sender.send(player).unwrap();
                    }
                }
            });
        });
    }
}

/// Finds all, and then begins to put them on the queue.
pub struct CollectsFirst;

impl Pipeline for CollectsFirst {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        deliver(reader, player);
                    }
                });
            }
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    let players: Vec<Player> = wanted(source, nation).collect();
                    for player in players {
                        sender.send(player).unwrap();
                    }
                });
            }
            drop(sender);
        });
    }
}
