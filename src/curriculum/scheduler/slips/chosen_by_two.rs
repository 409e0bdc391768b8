//! "First I choose, then I take it out of the list." Two threads can choose the same event,
//! before one of them has taken it out: both run it.

slip! {
    ChosenByTwo,
    caught_by: each_event_runs_once,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;

/// Does not ask whether the event was still there.
#[derive(Default)]
struct ChosenByTwo {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<(Time, i32, Event), Action>,
    entered: u64,
    running: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

struct Running<'a>(&'a ChosenByTwo);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl ChosenByTwo {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((time, priority, event), action);
        self.changed.notify_all();
        event
    }

    fn take(&self, place: &(Time, i32, Event)) {
        let mut agenda = self.agenda.lock();
        agenda.pending.remove(place);
        agenda.running += 1;
    }
}

impl Scheduler for ChosenByTwo {
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
            let first = agenda.pending.first_key_value();
            match first.map(|(place, action)| (*place, action.clone())) {
                None if agenda.running == 0 => return,
                None | Some(((Time::Never, ..), _)) => self.changed.wait(&mut agenda),
                Some(((Time::At(time), ..), _)) if Instant::now() < time => {
                    self.changed.wait_until(&mut agenda, time);
                }
                Some((place, action)) => {
                    drop(agenda);
                    self.take(&place);
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
