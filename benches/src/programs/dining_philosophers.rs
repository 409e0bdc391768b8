//! Five philosophers, each of whom takes the fork to the right and then the one to the left.
//!
//! All starve if each has one fork. Dijkstra's *Hierarchical ordering of sequential processes*
//! (1971); SCTBench's CS set has it with an atomic section around each meal (`din_phil5_unsat`),
//! which is left out here, since with it nobody starves.

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

const PHILOSOPHERS: usize = 5;

/// The program.
pub fn scenario() -> Scenario {
    let forks: Arc<[_; PHILOSOPHERS]> = Arc::new(std::array::from_fn(|_| Mutex::new(())));
    let mut scenario = Scenario::new();
    for id in 0..PHILOSOPHERS {
        let forks = Arc::clone(&forks);
        scenario = scenario.thread(format!("philosopher-{}", id + 1), move || {
            let _right = forks[(id + 1) % PHILOSOPHERS].lock();
            let _left = forks[id].lock();
        });
    }
    scenario
}
