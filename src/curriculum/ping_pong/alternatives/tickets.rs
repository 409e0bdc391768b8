//! Each call draws a number, speaks when it is up, and calls the next.

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = Tickets;

/// What has been drawn, and what is up.
#[derive(Debug, Default)]
struct Numbers {
    /// The next number of each side: ping's are even, pong's are odd.
    to_draw: [u64; 2],
    up: u64,
}

/// Calls of a side speak in the order in which they came.
pub struct Tickets {
    numbers: Mutex<Numbers>,
    next: Condvar,
}

impl Tickets {
    fn speak(&self, side: usize, speak: impl FnOnce()) {
        let own = {
            let mut numbers = self.numbers.lock();
            let own = numbers.to_draw[side];
            numbers.to_draw[side] += 2;
            self.next
                .wait_while(&mut numbers, |numbers| numbers.up != own);
            own
        };
        // Without the lock: the number is nobody else's.
        speak();
        self.numbers.lock().up = own + 1;
        self.next.notify_all();
    }
}

impl PingPong for Tickets {
    fn new() -> Self {
        Tickets {
            numbers: Mutex::new(Numbers {
                to_draw: [0, 1],
                up: 0,
            }),
            next: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(0, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(1, speak);
    }
}
