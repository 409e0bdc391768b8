//! "What comes first runs first." A queue keeps the order of coming, and an event has a time: the
//! second one may be due before the first.

slip! {
    InTheOrderOfEntering,
    caught_by: earlier_events_run_first,
    engine: EveryOrder,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Mutex, thread};
use std::collections::VecDeque;

/// Takes events as they came, and sleeps until the time of each.
#[derive(Default)]
struct InTheOrderOfEntering {
    shared: Mutex<Shared>,
}

#[derive(Default)]
struct Shared {
    pending: VecDeque<(Instant, Event, Action)>,
    entered: u64,
}

impl Scheduler for InTheOrderOfEntering {
    fn new() -> Self {
        Self::default()
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        self.enterabs(Instant::now() + delay, priority, action)
    }

    fn enterabs(&self, time: Instant, _priority: i32, action: Action) -> Event {
        let mut shared = self.shared.lock();
        shared.entered += 1;
        let event = Event(shared.entered);
        shared.pending.push_back((time, event, action));
        event
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        let mut shared = self.shared.lock();
        let before = shared.pending.len();
        shared.pending.retain(|(_, other, _)| *other != event);
        if shared.pending.len() == before {
            return Err(NotPending);
        }
        Ok(())
    }

    fn run(&self) {
        let next = || self.shared.lock().pending.pop_front();
        while let Some((time, _, action)) = next() {
            thread::sleep(time.saturating_duration_since(Instant::now()));
            action();
        }
    }

    fn queue(&self) -> Vec<Event> {
        let shared = self.shared.lock();
        shared.pending.iter().map(|(_, event, _)| *event).collect()
    }

    fn empty(&self) -> bool {
        self.shared.lock().pending.is_empty()
    }
}
