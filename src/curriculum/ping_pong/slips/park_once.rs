//! "Only who passes me the turn unparks me." So it is, but `park` may also return by itself: it
//! promises nothing, and belongs in a loop.

slip! {
    ParkOnce,
    caught_by: turns_alternate,
    engine: NotRechecked,
    // Under loom a park ends only with a permit.
}

use kata::ping_pong::PingPong;
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};
use std::collections::VecDeque;

/// Whose turn it is if nobody waits for it, and who waits, on either side.
#[derive(Default)]
struct Table {
    free_for: Option<usize>,
    waiting: [VecDeque<Thread>; 2],
}

/// Hands the turn over to the first who waits, and takes a return from `park` for that.
struct ParkOnce {
    table: Mutex<Table>,
}

impl ParkOnce {
    fn take_turn(&self, side: usize) {
        let mut table = self.table.lock();
        if table.free_for == Some(side) {
            table.free_for = None;
        } else {
            table.waiting[side].push_back(thread::current());
            drop(table);
            thread::park();
        }
    }

    fn pass_turn(&self, to: usize) {
        let mut table = self.table.lock();
        match table.waiting[to].pop_front() {
            Some(next) => next.unpark(),
            None => table.free_for = Some(to),
        }
    }
}

impl PingPong for ParkOnce {
    fn new() -> Self {
        let free_for = Some(0);
        ParkOnce {
            table: Mutex::new(Table {
                free_for,
                ..Table::default()
            }),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.take_turn(0);
        speak();
        self.pass_turn(1);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.take_turn(1);
        speak();
        self.pass_turn(0);
    }
}
