//! A queue between two threads, fed by turns.
//!
//! The first element is put in without raising the flag that lets the other thread take it; the
//! others come one at a time, by two flags, and a try is lost if the flag is not up. What is
//! taken is compared with what was stored under the number of the try, and differs as soon as a
//! thread has lost one. From SCTBench's CS set (`queue_bad`).

use super::sync::{Mutex, Scenario};
use std::collections::VecDeque;
use std::sync::Arc;

const SIZE: usize = 20;

#[derive(Default)]
struct Shared {
    queue: VecDeque<i32>,
    stored: [i32; SIZE],
    may_dequeue: bool,
}

/// The program.
pub fn scenario() -> Scenario {
    let shared = Arc::new(Mutex::new(Shared::default()));
    let other = Arc::clone(&shared);
    Scenario::new()
        .thread("enqueue", move || {
            let mut value = 0;
            shared.lock().queue.push_back(value);
            for i in 1..SIZE {
                let mut shared = shared.lock();
                if !shared.may_dequeue {
                    value += 1;
                    shared.queue.push_back(value);
                    shared.stored[i] = value;
                    shared.may_dequeue = true;
                }
            }
        })
        .thread("dequeue", move || {
            for i in 0..SIZE {
                let mut shared = other.lock();
                if shared.may_dequeue {
                    assert_eq!(shared.queue.pop_front(), Some(shared.stored[i]));
                    shared.may_dequeue = false;
                }
            }
        })
}
