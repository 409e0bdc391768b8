//! "An event comes after its delay." After its delay from when it was entered: `run` begins
//! later, and here each delay begins when the one before it is over.

slip! {
    DelaysAddUp,
    caught_by: events_run_at_their_times,
    engine: EveryOrder,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Mutex, thread};
use std::collections::BTreeMap;

/// Keeps the delays, and sleeps for one after the other.
#[derive(Default)]
struct DelaysAddUp {
    agenda: Mutex<Agenda>,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<(Duration, i32, Event), Action>,
    entered: u64,
}

impl Scheduler for DelaysAddUp {
    fn new() -> Self {
        Self::default()
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((delay, priority, event), action);
        event
    }

    fn enterabs(&self, time: Instant, priority: i32, action: Action) -> Event {
        self.enter(time - Instant::now(), priority, action)
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        let mut agenda = self.agenda.lock();
        let mut places = agenda.pending.keys().copied();
        let place = places.find(|place| place.2 == event).ok_or(NotPending)?;
        agenda.pending.remove(&place);
        Ok(())
    }

    fn run(&self) {
        let next = || self.agenda.lock().pending.pop_first();
        while let Some(((delay, ..), action)) = next() {
            thread::sleep(delay);
            action();
        }
    }

    fn queue(&self) -> Vec<Event> {
        let agenda = self.agenda.lock();
        agenda.pending.keys().map(|place| place.2).collect()
    }

    fn empty(&self) -> bool {
        self.agenda.lock().pending.is_empty()
    }
}
