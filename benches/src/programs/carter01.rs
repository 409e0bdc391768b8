//! Two classes of threads that exclude each other, each counting its members.
//!
//! The first of a class takes the lock between the classes, while it holds the one around the
//! counts. If the other class is inside, whoever is to give that lock back needs the counts' lock
//! first, and both wait. From SCTBench's CS set (`carter01_bad`), with its two idle threads.

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

#[derive(Default)]
struct Shared {
    counts: Mutex<[i32; 2]>,
    classes: Mutex<()>,
}

fn visit(shared: &Shared, class: usize) {
    let mut inside = None;
    {
        let mut counts = shared.counts.lock();
        counts[class] += 1;
        if counts[class] == 1 {
            inside = Some(shared.classes.lock());
        }
    }
    let mut counts = shared.counts.lock();
    counts[class] -= 1;
    if counts[class] == 0 {
        drop(inside);
    }
}

/// The program.
pub fn scenario() -> Scenario {
    let shared = Arc::new(Shared::default());
    let other = Arc::clone(&shared);
    Scenario::new()
        .thread("a", move || visit(&shared, 0))
        .thread("b", move || visit(&other, 1))
        .thread("idle-1", || ())
        .thread("idle-2", || ())
}
