//! "All is delivered, so I can return." All is, but the readers do not know, and wait for ever for
//! more.

slip! {
    WaitsForThePlayers,
    caught_by: every_thread_ends,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::sentinel::{Job, Pipeline, Player, Source};
use kata::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;
use std::sync::Arc;

/// Waits until all is delivered, and forgets the readers that wait for more.
struct WaitsForThePlayers;

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

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}
