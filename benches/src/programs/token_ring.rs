//! Three threads that each copy a neighbour's value, and one that expects all to be equal.
//!
//! They are equal only if the three have come in one of a few orders; it is looked at if the
//! fourth comes last. From SCTBench's CS set (`token_ring_bad`); the atomic sections are a mutex.

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

struct Ring {
    values: [i32; 3],
    moved: [bool; 3],
}

/// The program.
pub fn scenario() -> Scenario {
    let ring = Arc::new(Mutex::new(Ring {
        values: [1, 2, 1],
        moved: [false; 3],
    }));
    let mut scenario = Scenario::new();
    for node in 0..3 {
        let ring = Arc::clone(&ring);
        scenario = scenario.thread(format!("node-{}", node + 1), move || {
            let mut ring = ring.lock();
            let before = ring.values[(node + 2) % 3];
            ring.values[node] = if node == 0 { (before + 1) % 4 } else { before };
            ring.moved[node] = true;
        });
    }
    scenario.thread("look", move || {
        let ring = ring.lock();
        if ring.moved == [true; 3] {
            let [a, b, c] = ring.values;
            assert!(a == b && b == c, "{:?}", ring.values);
        }
    })
}
