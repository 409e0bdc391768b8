//! "A `Vec` is a queue: `push` and `pop`." Both at the same end. It needs a `VecDeque`.

slip! {
    LastInFirstOut,
    caught_by: each_writers_order_is_kept,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{Condvar, Mutex, thread};

/// Takes from the end where it puts: a stack.
struct LastInFirstOut;

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

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
