//! "After the action there is one less that runs." After a panic there is no line any more that
//! would say so: whoever waits for the end of all actions waits for ever.

slip! {
    PanicIsNotCounted,
    caught_by: a_panic_ends_one_run,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;

/// Counts behind the action.
#[derive(Default)]
struct PanicIsNotCounted {
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

impl PanicIsNotCounted {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((time, priority, event), action);
        self.changed.notify_all();
        event
    }

    fn ends(&self) {
        let mut agenda = self.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.changed.notify_all();
        }
    }
}

impl Scheduler for PanicIsNotCounted {
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
                    action();
                    self.ends();
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
