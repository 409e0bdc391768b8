//! Blocks wait in a queue. Whoever finds nobody printing prints them all, others' as well as its own.

use kata::report::{Probe, Report, Screen, block};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;

/// What is checked.
pub type Solution = PrintsForOthers;

/// Blocks are numbered as they come into the queue.
pub struct PrintsForOthers {
    screen: Arc<dyn Screen>,
    queue: Mutex<Queue>,
    printed: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<[String; 3]>,
    has_printer: bool,
    /// How many blocks have come.
    came: u64,
    /// How many of them are on the screen: the first ones.
    done: u64,
}

impl Report for PrintsForOthers {
    fn new(screen: Arc<dyn Screen>) -> Self {
        PrintsForOthers {
            screen,
            queue: Mutex::default(),
            printed: Condvar::new(),
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let lines = block(host, probe());
        let mut queue = self.queue.lock();
        queue.waiting.push_back(lines);
        queue.came += 1;
        let own = queue.came;
        if queue.has_printer {
            self.printed
                .wait_while(&mut queue, |queue| queue.done < own);
            return;
        }
        queue.has_printer = true;
        while let Some(lines) = queue.waiting.pop_front() {
            // Others can come meanwhile, and their blocks are printed next.
            drop(queue);
            for line in lines {
                self.screen.line(&line);
            }
            queue = self.queue.lock();
            queue.done += 1;
        }
        queue.has_printer = false;
        self.printed.notify_all();
    }
}
