//! A sender and a receiver that pass elements through a ring by two flags.
//!
//! Each tries seven times, and its turn is lost if the flag is not up. The receiver expects the
//! element whose number is that of its own try: once it has missed a try, it gets an older one.
//! From SCTBench's CS set (`circular_buffer_bad`).

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

const TRIES: usize = 7;
const SIZE: usize = 10;

#[derive(Default)]
struct Ring {
    elements: [usize; SIZE],
    first: usize,
    next: usize,
    may_receive: bool,
}

/// The program.
pub fn scenario() -> Scenario {
    let ring = Arc::new(Mutex::new(Ring::default()));
    let other = Arc::clone(&ring);
    Scenario::new()
        .thread("sender", move || {
            for element in 0..TRIES {
                let mut ring = ring.lock();
                if !ring.may_receive {
                    let next = ring.next;
                    ring.elements[next] = element;
                    ring.next = (next + 1) % SIZE;
                    ring.may_receive = true;
                }
            }
        })
        .thread("receiver", move || {
            for expected in 0..TRIES {
                let mut ring = other.lock();
                if ring.may_receive {
                    ring.first += 1;
                    assert_eq!(ring.elements[ring.first - 1], expected);
                    ring.may_receive = false;
                }
            }
        })
}
