//! "Sorted from last to first, so that `pop` takes the first." The sort leaves equals as they
//! came, and `pop` takes them from the end: of events that are alike the last one goes first.

slip! {
    LatestOfEqualsFirst,
    caught_by: of_one_time_the_lower_number_runs_first,
    engine: OneThread,
    loom: OneThread,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::cmp::Reverse;

/// A list whose end is its beginning.
#[derive(Default)]
struct LatestOfEqualsFirst {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: Vec<Pending>,
    entered: u64,
    running: usize,
}

struct Pending {
    time: Time,
    priority: i32,
    event: Event,
    action: Action,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

struct Running<'a>(&'a LatestOfEqualsFirst);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl LatestOfEqualsFirst {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.push(Pending {
            time,
            priority,
            event,
            action,
        });
        let place = |pending: &Pending| Reverse((pending.time, pending.priority));
        agenda.pending.sort_by_key(place);
        self.changed.notify_all();
        event
    }
}

impl Scheduler for LatestOfEqualsFirst {
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
        let mut pending = agenda.pending.iter();
        let place = pending.position(|pending| pending.event == event);
        agenda.pending.remove(place.ok_or(NotPending)?);
        self.changed.notify_all();
        Ok(())
    }

    fn run(&self) {
        let mut agenda = self.agenda.lock();
        loop {
            match agenda.pending.last().map(|pending| pending.time) {
                None if agenda.running == 0 => return,
                None | Some(Time::Never) => self.changed.wait(&mut agenda),
                Some(Time::At(time)) if Instant::now() < time => {
                    self.changed.wait_until(&mut agenda, time);
                }
                Some(Time::At(_)) => {
                    let Pending { action, .. } = agenda.pending.pop().expect("there is a first");
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
        let pending = agenda.pending.iter().rev();
        pending.map(|pending| pending.event).collect()
    }

    fn empty(&self) -> bool {
        self.agenda.lock().pending.is_empty()
    }
}
