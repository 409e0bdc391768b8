//! "A cancelled event is thrown away when its time comes." Until then `run` waits for it, and for
//! nothing: it returns too late, or never.

slip! {
    WaitsForTheCancelled,
    caught_by: a_cancelled_event_does_not_run,
    engine: EveryOrder,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::{BTreeMap, HashSet};

/// Throws away what was cancelled when it would run.
#[derive(Default)]
struct WaitsForTheCancelled {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<(Time, i32, Event), Action>,
    cancelled: HashSet<Event>,
    entered: u64,
    running: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

struct Running<'a>(&'a WaitsForTheCancelled);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl WaitsForTheCancelled {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((time, priority, event), action);
        self.changed.notify_all();
        event
    }
}

impl Scheduler for WaitsForTheCancelled {
    fn new() -> Self {
        Self::default()
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        let time = Instant::now().checked_add(delay);
        self.add(time.map_or(Time::Never, Time::At), priority, action)
    }

    fn enterabs(&self, time: Instant, priority: i32, action: Action) -> Event {
        self.add(Time::At(time), priority, action)
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        let mut agenda = self.agenda.lock();
        let is_there = agenda.pending.keys().any(|place| place.2 == event);
        if !is_there || !agenda.cancelled.insert(event) {
            return Err(NotPending);
        }
        self.changed.notify_all();
        Ok(())
    }

    fn run(&self) {
        let mut agenda = self.agenda.lock();
        loop {
            match agenda.pending.first_key_value().map(|(place, _)| place.0) {
                None if agenda.running == 0 => return,
                None | Some(Time::Never) => self.changed.wait(&mut agenda),
                Some(Time::At(time)) if Instant::now() < time => {
                    self.changed.wait_until(&mut agenda, time);
                }
                Some(Time::At(_)) => {
                    let (place, action) = agenda.pending.pop_first().expect("there is a first");
                    if agenda.cancelled.contains(&place.2) {
                        continue;
                    }
                    agenda.running += 1;
                    drop(agenda);
                    let running = Running(self);
                    action();
                    drop(running);
                    agenda = self.agenda.lock();
                }
            }
        }
    }

    fn queue(&self) -> Vec<Event> {
        let agenda = self.agenda.lock();
        let events = agenda.pending.keys().map(|place| place.2);
        events
            .filter(|event| !agenda.cancelled.contains(event))
            .collect()
    }

    fn empty(&self) -> bool {
        self.queue().is_empty()
    }
}
