//! A bounded buffer whose producers and consumers wait at the same condvar, and wake one.
//!
//! With more threads than twice the capacity a notification can reach a thread of the same kind,
//! which goes back to sleep: all sleep, though there is work. Tom Cargill's riddle *Extreme
//! Programming Challenge Fourteen*, the standard example of many model checkers since; here with
//! one place, two producers and two consumers that act twice.

use super::sync::{Condvar, Mutex, Scenario};
use std::sync::Arc;

const CAPACITY: usize = 1;
const TIMES: usize = 2;

struct Buffer {
    occupied: Mutex<usize>,
    changed: Condvar,
}

impl Buffer {
    fn put(&self) {
        let mut occupied = self.occupied.lock();
        while *occupied == CAPACITY {
            self.changed.wait(&mut occupied);
        }
        self.changed.notify_one();
        *occupied += 1;
    }

    fn take(&self) {
        let mut occupied = self.occupied.lock();
        while *occupied == 0 {
            self.changed.wait(&mut occupied);
        }
        self.changed.notify_one();
        *occupied -= 1;
    }
}

/// The program.
pub fn scenario() -> Scenario {
    let buffer = Arc::new(Buffer {
        occupied: Mutex::new(0),
        changed: Condvar::new(),
    });
    let mut scenario = Scenario::new();
    for number in 1..=2 {
        let [to, from] = [(); 2].map(|()| Arc::clone(&buffer));
        scenario = scenario
            .thread(format!("producer-{number}"), move || {
                (0..TIMES).for_each(|_| to.put());
            })
            .thread(format!("consumer-{number}"), move || {
                (0..TIMES).for_each(|_| from.take());
            });
    }
    scenario
}
