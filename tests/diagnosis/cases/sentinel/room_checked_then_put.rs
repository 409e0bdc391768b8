//! WRONG. Whether there is room is asked in one critical section, the player put in another: two
//! writers overfill the queue. Needs 2 writers.

use kata::sentinel::{Job, Pipeline, Player};
use kata::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;

struct Relay;

struct Queue {
    items: VecDeque<Player>,
    writers: usize,
}

impl Pipeline for Relay {
    fn run(job: Job) {
        let queue = Mutex::new(Queue {
            items: VecDeque::new(),
            writers: job.sources.len(),
        });
        let (not_full, not_empty) = (Condvar::new(), Condvar::new());
        let (queue, not_full, not_empty) = (&queue, &not_full, &not_empty);
        let (nation, deliver, capacity) = (&job.nation, &job.deliver, job.capacity);
        thread::scope(|scope| {
            for source in job.sources {
                scope.spawn(move || {
                    for player in source.filter(|p| p.nation == *nation) {
                        let mut now = queue.lock();
                        while now.items.len() >= capacity {
                            not_full.wait(&mut now);
                        }
                        drop(now);
                        queue.lock().items.push_back(player);
                        not_empty.notify_one();
                    }
                    let mut now = queue.lock();
                    now.writers -= 1;
                    if now.writers == 0 {
                        not_empty.notify_all();
                    }
                });
            }
            for reader in 0..job.readers {
                scope.spawn(move || {
                    loop {
                        let mut now = queue.lock();
                        while now.items.is_empty() && now.writers > 0 {
                            not_empty.wait(&mut now);
                        }
                        let Some(player) = now.items.pop_front() else {
                            return;
                        };
                        not_full.notify_one();
                        drop(now);
                        deliver(reader, player);
                    }
                });
            }
        });
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::sentinel::checks::<Relay>()
}
