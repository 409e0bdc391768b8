//! Other right solutions of `sentinel`: the contract asks for no style.

use super::{Deliver, Job, Pipeline, Player, Source, checks};
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, Solution};
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::AcqRel;
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;
use std::sync::Arc;

/// All of them.
pub const ALL: &[Solution] = &[
    Solution {
        name: "hang_up",
        how: "No sentinel: the queue ends for everybody when the last writer drops its sender.",
        checks: checks::<HangUp>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "hands_the_end_on",
        how: "One sentinel for all: who takes it puts it back for the next reader.",
        checks: checks::<HandsTheEndOn>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "last_writer_says_it",
        how: "The writers count down, and the last of them sends each reader its sentinel.",
        checks: checks::<LastWriterSaysIt>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "queue_by_hand",
        how: "A lock and a condition; how many writers there are is part of the queue's state.",
        checks: checks::<QueueByHand>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "shared_receiver",
        how: "The readers share a lock to receive, and give it back before they deliver.",
        checks: checks::<SharedReceiver>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "reports_its_end",
        how: "Nobody is joined: each reader reports on a channel when it has delivered its last.",
        checks: checks::<ReportsItsEnd>,
        // More executions than loom is given.
        back_ends: ENGINE_ONLY,
    },
];

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// Drops the senders.
#[derive(Debug)]
pub struct HangUp;

impl Pipeline for HangUp {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        thread::scope(|scope| {
            for source in job.sources {
                let (sender, nation) = (sender.clone(), &job.nation);
                scope.spawn(move || {
                    wanted(source, nation).for_each(|player| sender.send(player).unwrap());
                });
            }
            // Only the writers keep the queue open.
            drop(sender);
            for reader in 0..job.readers {
                let (queue, deliver) = (&queue, &job.deliver);
                scope.spawn(move || queue.iter().for_each(|player| deliver(reader, player)));
            }
        });
    }
}

/// Sends one sentinel.
#[derive(Debug)]
pub struct HandsTheEndOn;

impl Pipeline for HandsTheEndOn {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let put = |message: Option<Player>| sender.send(message).unwrap();
        thread::scope(|scope| {
            for reader in 0..job.readers {
                let (queue, deliver) = (&queue, &job.deliver);
                scope.spawn(move || {
                    while let Some(player) = queue.recv().unwrap() {
                        deliver(reader, player);
                    }
                    // There is room: nobody puts anything after the end.
                    put(None);
                });
            }
            let nation = &job.nation;
            thread::scope(|writers| {
                for source in job.sources {
                    writers.spawn(move || wanted(source, nation).map(Some).for_each(put));
                }
            });
            put(None);
        });
    }
}

/// Leaves the end to the writers.
#[derive(Debug)]
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

/// A queue that knows how many still write to it.
struct Queue {
    state: Mutex<(VecDeque<Player>, usize)>,
    changed: Condvar,
    capacity: usize,
}

impl Queue {
    fn put(&self, player: Player) {
        let mut state = self.state.lock();
        while state.0.len() >= self.capacity {
            self.changed.wait(&mut state);
        }
        state.0.push_back(player);
        self.changed.notify_all();
    }

    fn end(&self) {
        self.state.lock().1 -= 1;
        self.changed.notify_all();
    }

    fn take(&self) -> Option<Player> {
        let mut state = self.state.lock();
        while state.0.is_empty() && state.1 > 0 {
            self.changed.wait(&mut state);
        }
        let player = state.0.pop_front();
        self.changed.notify_all();
        player
    }
}

/// Makes its own queue.
#[derive(Debug)]
pub struct QueueByHand;

impl Pipeline for QueueByHand {
    fn run(job: Job) {
        let queue = Queue {
            state: Mutex::new((VecDeque::new(), job.sources.len())),
            changed: Condvar::new(),
            capacity: job.capacity,
        };
        let (queue, nation, deliver) = (&queue, &job.nation, &job.deliver);
        thread::scope(|scope| {
            for source in job.sources {
                scope.spawn(move || {
                    wanted(source, nation).for_each(|player| queue.put(player));
                    queue.end();
                });
            }
            for reader in 0..job.readers {
                scope.spawn(move || {
                    while let Some(player) = queue.take() {
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

/// One receiver for all readers, behind a lock.
#[derive(Debug)]
pub struct SharedReceiver;

impl Pipeline for SharedReceiver {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let queue = Mutex::new(queue);
        let (queue, nation, deliver) = (&queue, &job.nation, &job.deliver);
        thread::scope(|scope| {
            for reader in 0..job.readers {
                scope.spawn(move || {
                    loop {
                        // A `let` of its own: the guard goes with the statement.
                        let message = queue.lock().recv();
                        match message {
                            Ok(player) => deliver(reader, player),
                            Err(_) => return,
                        }
                    }
                });
            }
            for source in job.sources {
                let sender: Sender<Player> = sender.clone();
                scope.spawn(move || {
                    wanted(source, nation).for_each(|player| sender.send(player).unwrap());
                });
            }
            drop(sender);
        });
    }
}

/// Waits for reports.
#[derive(Debug)]
pub struct ReportsItsEnd;

impl Pipeline for ReportsItsEnd {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (report, reports) = channel::unbounded();
        for reader in 0..job.readers {
            let (queue, deliver, report) = (queue.clone(), job.deliver.clone(), report.clone());
            thread::spawn(move || {
                read(reader, &queue, &deliver);
                report.send(()).unwrap();
            });
        }
        let (written, writers) = channel::unbounded();
        let number = job.sources.len();
        for source in job.sources {
            let (sender, nation, written) = (sender.clone(), job.nation.clone(), written.clone());
            thread::spawn(move || {
                wanted(source, &nation).for_each(|player| sender.send(Some(player)).unwrap());
                written.send(()).unwrap();
            });
        }
        (0..number).for_each(|_| writers.recv().unwrap());
        (0..job.readers).for_each(|_| sender.send(None).unwrap());
        (0..job.readers).for_each(|_| reports.recv().unwrap());
    }
}
