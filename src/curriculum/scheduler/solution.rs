//! The reference solution of `scheduler`: what is pending is kept in order, and whoever runs it
//! waits until the first event's time, or until something has changed.

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;

/// What is checked.
pub type Solution = Sorted;

/// One lock, and one condvar for all who are in `run`.
#[derive(Default)]
pub struct Sorted {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<Place, Action>,
    entered: u64,
    /// How many actions are running.
    running: usize,
}

/// Where an event stands among those that are pending.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    time: Time,
    priority: i32,
    event: Event,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    /// Later than all others.
    Never,
}

impl Agenda {
    fn is_done(&self) -> bool {
        self.pending.is_empty() && self.running == 0
    }
}

impl Sorted {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        let place = Place {
            time,
            priority,
            event,
        };
        agenda.pending.insert(place, action);
        // All of them: each waits for what was first until now.
        self.changed.notify_all();
        event
    }

    /// Waits for the time of the first event, and takes that. None if there is nothing left to do.
    fn next(&self) -> Option<Action> {
        let mut agenda = self.agenda.lock();
        loop {
            match agenda.pending.first_entry().map(|first| first.key().time) {
                None if agenda.running == 0 => return None,
                None | Some(Time::Never) => self.changed.wait(&mut agenda),
                Some(Time::At(time)) if Instant::now() < time => {
                    self.changed.wait_until(&mut agenda, time);
                }
                Some(Time::At(_)) => {
                    agenda.running += 1;
                    return agenda.pending.pop_first().map(|(_, action)| action);
                }
            }
        }
    }
}

/// An action that is running. It has ended when this is dropped, also by a panic.
struct Running<'a>(&'a Sorted);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.is_done() {
            self.0.changed.notify_all();
        }
    }
}

impl Scheduler for Sorted {
    fn new() -> Self {
        Sorted::default()
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
        let mut places = agenda.pending.keys();
        let place = places.find(|place| place.event == event).copied();
        let action = agenda.pending.remove(&place.ok_or(NotPending)?);
        // Who waits for it waits for another one now, or for nothing.
        self.changed.notify_all();
        drop(agenda);
        // Not with the lock held: what the action owns may make calls when it is dropped.
        drop(action);
        Ok(())
    }

    fn run(&self) {
        while let Some(action) = self.next() {
            let _running = Running(self);
            action();
        }
    }

    fn queue(&self) -> Vec<Event> {
        let agenda = self.agenda.lock();
        agenda.pending.keys().map(|place| place.event).collect()
    }

    fn empty(&self) -> bool {
        self.agenda.lock().pending.is_empty()
    }
}
