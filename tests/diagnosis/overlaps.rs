//! Programs whose threads must be able to work at the same time.

use super::programs::is;
use kata::diagnosis::Label::*;
use kata::explore::Scenario;
use kata::sync::Mutex;
use kata::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::Arc;

/// Who works, and whether two ever did so at a time.
#[derive(Default)]
struct Office {
    key: Mutex<()>,
    working: AtomicUsize,
    together: AtomicBool,
}

impl Office {
    fn work(&self) {
        if self.working.fetch_add(1, SeqCst) == 1 {
            self.together.store(true, SeqCst);
        }
        self.working.fetch_sub(1, SeqCst);
    }
}

fn office(code: fn(&Office)) -> Scenario {
    let office = Arc::new(Office::default());
    let [a, b] = [Arc::clone(&office), Arc::clone(&office)];
    Scenario::new()
        .thread("a", move || code(&a))
        .thread("b", move || code(&b))
        .sometimes("both work at the same time", move || {
            office.together.load(SeqCst)
        })
}

#[test]
fn a_lock_held_during_the_work() {
    is(OneAfterAnother, || {
        office(|office| {
            let _held = office.key.lock();
            office.work();
        })
    });
}

#[test]
fn work_that_nobody_does() {
    is(None, || office(|office| drop(office.key.lock())));
}
