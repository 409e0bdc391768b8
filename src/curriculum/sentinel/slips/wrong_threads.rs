//! Threads that are not waited for, or wait for each other.

use super::parts::{read, wanted};
use crate::curriculum::sentinel::{Job, Pipeline, Player};
use crate::sync::{Condvar, Mutex, channel, thread};
use std::collections::VecDeque;
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

/// Waits until all is delivered, and forgets the readers that wait for more.
pub struct WaitsForThePlayers;

#[derive(Default)]
struct Shared {
    queue: VecDeque<Player>,
    delivered: usize,
}

impl Pipeline for WaitsForThePlayers {
    fn run(job: Job) {
        let shared = Arc::new((Mutex::new(Shared::default()), Condvar::new()));
        for reader in 0..job.readers {
            let (shared, deliver) = (Arc::clone(&shared), Arc::clone(&job.deliver));
            thread::spawn(move || {
                let (state, changed) = &*shared;
                loop {
                    let mut state = state.lock();
                    let player = loop {
                        match state.queue.pop_front() {
                            Some(player) => break player,
                            None => changed.wait(&mut state),
                        }
                    };
                    drop(state);
                    deliver(reader, player);
                    shared.0.lock().delivered += 1;
                    changed.notify_all();
                }
            });
        }
        let (state, changed) = &*shared;
        let (nation, capacity) = (&job.nation, job.capacity);
        let mut written = 0;
        thread::scope(|scope| {
            let mut writers = Vec::new();
            for source in job.sources {
                writers.push(scope.spawn(move || {
                    let mut written = 0;
                    for player in wanted(source, nation) {
                        let mut state = state.lock();
                        while state.queue.len() == capacity {
                            changed.wait(&mut state);
                        }
                        state.queue.push_back(player);
                        changed.notify_all();
                        written += 1;
                    }
                    written
                }));
            }
            for writer in writers {
                written += writer.join().unwrap();
            }
        });
        let mut state = state.lock();
        while state.delivered < written {
            changed.wait(&mut state);
        }
    }
}

/// Receives in the head of the loop, so that the lock is held through its body.
pub struct LockHeldInTheBody;

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
