//! The end is told too early, not at all, or as something that is no end.

use super::parts::{read, wanted};
use crate::curriculum::sentinel::{Job, Pipeline, Player};
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::{channel, thread};

/// Sends the end while the writers are still at work.
pub struct SentinelFirst;

impl Pipeline for SentinelFirst {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            for source in job.sources {
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(Some(player)).unwrap();
                    }
                });
            }
            for _ in 0..job.readers {
                sender.send(None).unwrap();
            }
        });
    }
}

/// Each writer tells every reader that it is the end, as if it were the only one.
pub struct FirstWriterEndsIt;

impl Pipeline for FirstWriterEndsIt {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        let readers = job.readers;
        thread::scope(|scope| {
            for reader in 0..readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            for source in job.sources {
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(Some(player)).unwrap();
                    }
                    for _ in 0..readers {
                        sender.send(None).unwrap();
                    }
                });
            }
        });
    }
}

/// One end, however many readers there are.
pub struct OneSentinel;

impl Pipeline for OneSentinel {
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
                        for player in wanted(source, nation) {
                            sender.send(Some(player)).unwrap();
                        }
                    });
                }
            });
            sender.send(None).unwrap();
        });
    }
}

/// Each player says whether another follows: when there is none, nobody says so.
pub struct NoPlayerNoEnd;

impl Pipeline for NoPlayerNoEnd {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (sender, queue, nation) = (&sender, &queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || read(reader, queue, deliver));
            }
            thread::scope(|writers| {
                let mut handles = Vec::new();
                for source in job.sources {
                    handles.push(writers.spawn(move || {
                        let mut has_sent = false;
                        for player in wanted(source, nation) {
                            sender.send(Some(player)).unwrap();
                            has_sent = true;
                        }
                        has_sent
                    }));
                }
                let mut has_sent = false;
                for writer in handles {
                    has_sent |= writer.join().unwrap();
                }
                if has_sent {
                    (0..job.readers).for_each(|_| sender.send(None).unwrap());
                }
            });
        });
    }
}

/// Marks the last player, and stops at the mark.
pub struct DropsTheLast;

impl Pipeline for DropsTheLast {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for (player, is_last) in queue {
                        if is_last {
                            break;
                        }
                        deliver(reader, player);
                    }
                });
            }
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    let mut players = wanted(source, nation).peekable();
                    while let Some(player) = players.next() {
                        let is_last = players.peek().is_none();
                        sender.send((player, is_last)).unwrap();
                    }
                });
            }
            drop(sender);
        });
    }
}

/// Takes a player without a name for the end.
pub struct PlayerAsSentinel;

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

/// Keeps a sender itself, so that the queue never ends.
pub struct KeepsASender;

impl Pipeline for KeepsASender {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(player).unwrap();
                    }
                });
            }
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    for player in queue {
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

/// Takes a queue that is empty for one that has ended.
pub struct StopsWhenEmpty;

impl Pipeline for StopsWhenEmpty {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (queue, nation) = (&queue, &job.nation);
        thread::scope(|scope| {
            for source in job.sources {
                let sender = sender.clone();
                scope.spawn(move || {
                    for player in wanted(source, nation) {
                        sender.send(player).unwrap();
                    }
                });
            }
            for reader in 0..job.readers {
                let deliver = &job.deliver;
                scope.spawn(move || {
                    while let Ok(player) = queue.try_recv() {
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

/// Looks first whether the queue is empty, and then whether that is the end.
pub struct FlagAfterTheQueue;

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
