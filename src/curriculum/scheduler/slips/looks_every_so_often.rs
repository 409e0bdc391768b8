//! "Ten times a second is often enough." It is not, for an event that is due in between; and a
//! thread that has nothing to do wakes ten times a second for it.

slip! {
    LooksEverySoOften,
    caught_by: events_run_at_their_times,
    engine: no_pattern,
}

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Mutex, thread};
use std::collections::BTreeMap;

/// Sleeps for a tenth of a second, and looks again.
#[derive(Default)]
struct LooksEverySoOften {
    agenda: Mutex<Agenda>,
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

struct Running<'a>(&'a LooksEverySoOften);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.agenda.lock().running -= 1;
    }
}

impl LooksEverySoOften {
    fn add(&self, time: Time, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        agenda.pending.insert((time, priority, event), action);
        event
    }
}

impl Scheduler for LooksEverySoOften {
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
        Ok(())
    }

    fn run(&self) {
        loop {
            let mut agenda = self.agenda.lock();
            match agenda.pending.first_key_value().map(|(place, _)| place.0) {
                None if agenda.running == 0 => return,
                Some(Time::At(time)) if Instant::now() >= time => {
                    let (_, action) = agenda.pending.pop_first().expect("there is a first");
                    agenda.running += 1;
                    drop(agenda);
                    let _running = Running(self);
                    action();
                }
                _ => {
                    drop(agenda);
                    thread::sleep(Duration::from_millis(100));
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
