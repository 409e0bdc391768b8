//! A lock and a condition; how many writers there are is part of the queue's state.

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;

/// What is checked.
pub type Solution = QueueByHand;

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
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
