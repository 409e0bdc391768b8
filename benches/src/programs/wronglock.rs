//! One variable that threads guard with different locks.
//!
//! One thread adds one under the right lock, and expects its own addition only; seven others add
//! under another lock. From SCTBench's CS set (`wronglock_bad`).

use super::sync::{AtomicI32, Mutex, Scenario, SeqCst};
use std::sync::Arc;

#[derive(Default)]
struct Shared {
    value: AtomicI32,
    data_lock: Mutex<()>,
    this_lock: Mutex<()>,
}

impl Shared {
    fn add_one(&self) {
        let value = self.value.load(SeqCst);
        self.value.store(value + 1, SeqCst);
    }
}

/// The program.
pub fn scenario() -> Scenario {
    let shared = Arc::new(Shared::default());
    let right = Arc::clone(&shared);
    let mut scenario = Scenario::new().thread("right", move || {
        let _held = right.data_lock.lock();
        let before = right.value.load(SeqCst);
        right.add_one();
        assert_eq!(right.value.load(SeqCst), before + 1);
    });
    for number in 1..=7 {
        let shared = Arc::clone(&shared);
        scenario = scenario.thread(format!("wrong-{number}"), move || {
            let _held = shared.this_lock.lock();
            shared.add_one();
        });
    }
    scenario
}
