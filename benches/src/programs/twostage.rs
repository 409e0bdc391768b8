//! Threads that write two values in two critical sections, and one that reads them in two.
//!
//! The second value is to be the first plus one, but each has a lock of its own: between the two
//! stages the reader sees a first value without its second. From SCTBench's CS set
//! (`twostage_bad`, `twostage_100_bad`).

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

#[derive(Default)]
struct Stages {
    first: Mutex<i32>,
    second: Mutex<i32>,
}

/// One thread that writes, and one that reads.
pub fn with_2_threads() -> Scenario {
    scenario(1)
}

/// Ninety-nine threads that write, and one that reads.
pub fn with_100_threads() -> Scenario {
    scenario(99)
}

fn scenario(writers: usize) -> Scenario {
    let stages = Arc::new(Stages::default());
    let mut scenario = Scenario::new();
    for number in 1..=writers {
        let stages = Arc::clone(&stages);
        scenario = scenario.thread(format!("write-{number}"), move || {
            *stages.first.lock() = 1;
            // The original reads the first value here without its lock: always 1 by then.
            *stages.second.lock() = 2;
        });
    }
    scenario.thread("read", move || {
        let first = *stages.first.lock();
        if first == 0 {
            return;
        }
        let second = *stages.second.lock();
        assert_eq!(second, first + 1);
    })
}
