//! Many threads that set two variables one after the other, and one that looks in between.
//!
//! It sees the first variable set and not the second only if it makes all its three reads when
//! some thread has made its first write, and none its second: the more threads there are, the
//! narrower is that window. From SCTBench's CS set (`reorder_5_bad`, and `reorder_100_bad` of the
//! extended set in Wolff, Shi, Duck, Mathur and Roychoudhury, *Greybox Fuzzing for Concurrency
//! Testing*, ASPLOS 2024).

use super::sync::{AtomicI32, Scenario, SeqCst};
use std::sync::Arc;

#[derive(Default)]
struct Pair {
    a: AtomicI32,
    b: AtomicI32,
}

/// Four threads that set, and one that looks.
pub fn with_5_threads() -> Scenario {
    scenario(4)
}

/// Ninety-nine threads that set, and one that looks.
pub fn with_100_threads() -> Scenario {
    scenario(99)
}

fn scenario(setters: usize) -> Scenario {
    let pair = Arc::new(Pair::default());
    let mut scenario = Scenario::new();
    for number in 1..=setters {
        let pair = Arc::clone(&pair);
        scenario = scenario.thread(format!("set-{number}"), move || {
            pair.a.store(1, SeqCst);
            pair.b.store(-1, SeqCst);
        });
    }
    scenario.thread("look", move || {
        let unset = pair.a.load(SeqCst) == 0 && pair.b.load(SeqCst) == 0;
        let set = || pair.a.load(SeqCst) == 1 && pair.b.load(SeqCst) == -1;
        assert!(unset || set(), "half set");
    })
}
