//! "The blocks come in the order of the hosts, like the threads." Who has an answer waits until all
//! who came earlier have printed theirs, and one of these may be slow.

slip! {
    PrintsInOrderOfComing,
    caught_by: a_slow_probe_holds_up_nobody,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Waits for all who came before.
struct PrintsInOrderOfComing {
    visits: Mutex<Visits>,
    left: Condvar,
    screen: Arc<dyn Screen>,
}

impl Report for PrintsInOrderOfComing {
    fn new(screen: Arc<dyn Screen>) -> Self {
        PrintsInOrderOfComing {
            visits: Mutex::default(),
            left: Condvar::new(),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let visit = Visit::begin(self);
        let state = probe();
        let mut visits = self.visits.lock();
        self.left.wait_while(&mut visits, |visits| {
            visits.present.first() != Some(&visit.number)
        });
        for line in block(host, state) {
            self.screen.line(&line);
        }
        drop(visits);
        drop(visit);
    }
}

/// Who is there, by numbers.
#[derive(Default)]
struct Visits {
    came: u64,
    present: BTreeSet<u64>,
}

/// Ends when it is dropped, also by a panic.
struct Visit<'a> {
    report: &'a PrintsInOrderOfComing,
    number: u64,
}

impl<'a> Visit<'a> {
    fn begin(report: &'a PrintsInOrderOfComing) -> Self {
        let mut visits = report.visits.lock();
        let number = visits.came;
        visits.came += 1;
        visits.present.insert(number);
        Visit { report, number }
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.report.visits.lock().present.remove(&self.number);
        self.report.left.notify_all();
    }
}
