//! Two threads that take two locks in opposite orders.
//!
//! The textbook's deadlock. From SCTBench's CS set (`deadlock01_bad`).

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

/// The program.
pub fn scenario() -> Scenario {
    let locks = Arc::new([Mutex::new(()), Mutex::new(())]);
    let other = Arc::clone(&locks);
    Scenario::new()
        .thread("forwards", move || {
            let _a = locks[0].lock();
            let _b = locks[1].lock();
        })
        .thread("backwards", move || {
            let _b = other[1].lock();
            let _a = other[0].lock();
        })
}
