//! What `std`'s `Arc` orders and loom does not see is no fault of the solution.

use super::*;
use std::sync::Mutex as Unseen;

/// Says once whether all has been done: when it is dropped.
struct Tells {
    is_done: Arc<AtomicBool>,
    said: Arc<Unseen<Option<bool>>>,
}

impl Drop for Tells {
    fn drop(&mut self) {
        let is_done = self.is_done.load(Acquire);
        *self.said.lock().unwrap() = Some(is_done);
    }
}

/// One thread does it, and both drop what they hold; in the end it must be known that it was done.
fn told_at_the_drop<T: Send + 'static>(hold: fn(Tells) -> [T; 2]) -> Scenario {
    let is_done = Arc::new(AtomicBool::new(false));
    let said = Arc::default();
    let [a, b] = hold(Tells {
        is_done: Arc::clone(&is_done),
        said: Arc::clone(&said),
    });
    let does = move || {
        is_done.store(true, Release);
        drop(a);
    };
    Scenario::new()
        .thread("looks", move || drop(b))
        // To loom the drops are nothing, so that it tries one order of them: the last one is first.
        .thread("does it", does)
        .finally(move || assert_eq!(*said.lock().unwrap(), Some(true)))
}

#[test]
fn what_the_last_owner_of_an_arc_cannot_read_is_no_fault() {
    let shared = || {
        told_at_the_drop(|tells| {
            let tells = Arc::new(tells);
            [Arc::clone(&tells), tells]
        })
    };
    assert!(given_up(shared).contains("the drop of the last `Arc`"));
    let alone = || told_at_the_drop(|tells| [None, Some(tells)]);
    assert!(matches!(failure(alone).kind, FailureKind::Panic { .. }));
}
