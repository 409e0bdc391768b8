//! "What is more urgent goes first." A priority decides among events of the same time only: here
//! one that is not due yet goes before one that is.

slip! {
    PriorityBeforeTime,
    caught_by: earlier_events_run_first,
    engine: EveryOrder,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;

/// Sorts by priority first.
#[derive(Default)]
struct PriorityBeforeTime {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<(i32, Time, Event), Action>,
    entered: u64,
    running: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

struct Running<'a>(&'a PriorityBeforeTime);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl PriorityBeforeTime {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((priority, time, event), action);
        self.changed.notify_all();
        event
    }
}

impl Scheduler for PriorityBeforeTime {
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
        let mut places = agenda.pending.keys().copied();
        let place = places.find(|place| place.2 == event).ok_or(NotPending)?;
        agenda.pending.remove(&place);
        self.changed.notify_all();
        Ok(())
    }

    fn run(&self) {
        let mut agenda = self.agenda.lock();
        loop {
            match agenda.pending.first_key_value().map(|(place, _)| place.1) {
                None if agenda.running == 0 => return,
                None | Some(Time::Never) => self.changed.wait(&mut agenda),
                Some(Time::At(time)) if Instant::now() < time => {
                    self.changed.wait_until(&mut agenda, time);
                }
                Some(Time::At(_)) => {
                    let (_, action) = agenda.pending.pop_first().expect("there is a first");
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
        agenda.pending.keys().map(|place| place.2).collect()
    }

    fn empty(&self) -> bool {
        self.agenda.lock().pending.is_empty()
    }
}
