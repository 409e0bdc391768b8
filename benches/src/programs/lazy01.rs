//! Three threads that add one, add two, and fail if both have been there.
//!
//! Everything is locked; nothing but the order of the three decides. From SCTBench's CS set
//! (`lazy01_bad`), named after the lazy way of checking programs in which it was first used.

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

/// The program.
pub fn scenario() -> Scenario {
    let data = Arc::new(Mutex::new(0));
    let [one, two, look] = [(); 3].map(|()| Arc::clone(&data));
    Scenario::new()
        .thread("one", move || *one.lock() += 1)
        .thread("two", move || *two.lock() += 2)
        .thread("look", move || assert!(*look.lock() < 3))
}
