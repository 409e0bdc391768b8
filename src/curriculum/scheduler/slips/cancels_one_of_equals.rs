//! "An event is its time and its priority." So are others: here the first of those that are alike
//! is cancelled. Python's `sched` did that for many years.

slip! {
    CancelsOneOfEquals,
    caught_by: a_cancelled_event_does_not_run,
    engine: OneThread,
    loom: OneThread,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::{BTreeMap, HashMap};

/// Looks for an event that equals it.
#[derive(Default)]
struct CancelsOneOfEquals {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<(Time, i32, Event), Action>,
    all: HashMap<Event, (Time, i32)>,
    entered: u64,
    running: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

struct Running<'a>(&'a CancelsOneOfEquals);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl CancelsOneOfEquals {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.all.insert(event, (time, priority));
        agenda.pending.insert((time, priority, event), action);
        self.changed.notify_all();
        event
    }
}

impl Scheduler for CancelsOneOfEquals {
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
        let (time, priority) = *agenda.all.get(&event).ok_or(NotPending)?;
        let mut places = agenda.pending.keys().copied();
        let equal = places.find(|place| (place.0, place.1) == (time, priority));
        agenda.pending.remove(&equal.ok_or(NotPending)?);
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
