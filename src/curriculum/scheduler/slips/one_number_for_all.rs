//! "There is one row of numbers, so a `static` will do." Then there is one for all schedulers:
//! the first event of the second one is not the first.

slip! {
    OneNumberForAll,
    caught_by: the_queue_is_in_order,
    engine: OneThread,
    loom: OneThread,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::cell::Cell;
use std::collections::BTreeMap;

/// Counts the events of all schedulers together.
#[derive(Default)]
struct OneNumberForAll {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<(Time, i32, Event), Action>,
    running: usize,
}

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution. And others
// explore at the same time, on OS threads of their own.
std::thread_local! {
    static ENTERED: Cell<u64> = const { Cell::new(0) };
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

struct Running<'a>(&'a OneNumberForAll);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

impl OneNumberForAll {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        ENTERED.set(ENTERED.get() + 1);
        let event = Event(ENTERED.get());
        agenda.pending.insert((time, priority, event), action);
        self.changed.notify_all();
        event
    }
}

impl Scheduler for OneNumberForAll {
    fn new() -> Self {
        ENTERED.set(0);
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
