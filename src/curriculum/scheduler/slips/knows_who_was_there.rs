//! "`run` goes through the list." Through the one that there is at its beginning: what an action
//! enters is not on it, and is left when `run` returns.

slip! {
    KnowsWhoWasThere,
    caught_by: actions_enter_and_cancel_events,
    engine: OneThread,
    loom: OneThread,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;

/// Goes through what was pending when it began.
#[derive(Default)]
struct KnowsWhoWasThere {
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

struct Running<'a>(&'a KnowsWhoWasThere);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl KnowsWhoWasThere {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((time, priority, event), action);
        self.changed.notify_all();
        event
    }
}

impl Scheduler for KnowsWhoWasThere {
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
        let places: Vec<(Time, i32, Event)> = agenda.pending.keys().copied().collect();
        for place in places {
            while agenda.pending.contains_key(&place) {
                match place.0 {
                    Time::Never => self.changed.wait(&mut agenda),
                    Time::At(time) if Instant::now() < time => {
                        self.changed.wait_until(&mut agenda, time);
                    }
                    Time::At(_) => {
                        let action = agenda.pending.remove(&place).expect("it is there");
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
        let works = |agenda: &mut Agenda| agenda.running > 0;
        self.changed.wait_while(&mut agenda, works);
    }

    fn queue(&self) -> Vec<Event> {
        let agenda = self.agenda.lock();
        agenda.pending.keys().map(|place| place.2).collect()
    }

    fn empty(&self) -> bool {
        self.agenda.lock().pending.is_empty()
    }
}
