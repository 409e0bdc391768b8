//! Not the players that should come, not in their order, or too many at a time.

use super::parts::{read, wanted};
use crate::curriculum::sentinel::{Job, Pipeline};
use crate::sync::{Condvar, Mutex, channel, thread};

/// Stops at the first player of another nation.
pub struct StopsAtTheFirstForeigner;

impl Pipeline for StopsAtTheFirstForeigner {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in source.take_while(|player| player.nation == *nation) {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
        });
    }
}

/// Looks for the nation anywhere in the name of one.
pub struct NationsAlike;

impl Pipeline for NationsAlike {
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
                        for player in source.filter(|player| player.nation.contains(nation)) {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
        });
    }
}

/// Takes from the end where it puts: a stack.
pub struct LastInFirstOut;

impl Pipeline for LastInFirstOut {
    fn run(job: Job) {
        let queue = &Mutex::new((Vec::new(), false));
        let changed = &Condvar::new();
        let (nation, capacity) = (&job.nation, job.capacity);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    loop {
                        let mut state = queue.lock();
                        while state.0.is_empty() && !state.1 {
                            changed.wait(&mut state);
                        }
                        let Some(player) = state.0.pop() else {
                            return;
                        };
                        drop(state);
                        changed.notify_all();
                        deliver(reader, player);
                    }
                });
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in wanted(source, nation) {
                            let mut state = queue.lock();
                            while state.0.len() == capacity {
                                changed.wait(&mut state);
                            }
                            state.0.push(player);
                            changed.notify_all();
                        }
                    });
                }
            });
            queue.lock().1 = true;
            changed.notify_all();
        });
    }
}

/// A queue without a bound.
pub struct Unbounded;

impl Pipeline for Unbounded {
    fn run(job: Job) {
        let (sender, queue) = channel::unbounded();
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || {
                        for player in wanted(source, nation) {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            (0..job.readers).for_each(|_| sender.send(None).unwrap());
        });
    }
}
