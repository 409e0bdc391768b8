//! Each call draws the next number, and has a permit as soon as so many have been issued.

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = Tickets;

/// What has been drawn, and what has been issued: permits go to calls in the order in which they came.
#[derive(Debug)]
struct Numbers {
    drawn: usize,
    issued: usize,
}

/// Nobody is overtaken.
#[derive(Debug)]
pub struct Tickets {
    numbers: Mutex<Numbers>,
    issued: Condvar,
}

impl Semaphore for Tickets {
    fn new(permits: usize) -> Self {
        Tickets {
            numbers: Mutex::new(Numbers {
                drawn: 0,
                issued: permits,
            }),
            issued: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut numbers = self.numbers.lock();
        let own = numbers.drawn;
        numbers.drawn += 1;
        while own >= numbers.issued {
            self.issued.wait(&mut numbers);
        }
    }

    fn try_acquire(&self) -> bool {
        let mut numbers = self.numbers.lock();
        let is_free = numbers.drawn < numbers.issued;
        if is_free {
            numbers.drawn += 1;
        }
        is_free
    }

    fn release(&self) {
        self.numbers.lock().issued += 1;
        // All of them: it is for one of them only, and a notification does not know for which.
        self.issued.notify_all();
    }
}
