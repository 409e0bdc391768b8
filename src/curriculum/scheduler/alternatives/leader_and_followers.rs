//! One of those in `run` waits for the first event's time: the leader. The others wait until they are
//! needed; whoever takes an event wakes one of them, to be the next leader.

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::collections::BTreeMap;

/// What is checked.
pub type Solution = LeaderAndFollowers;

/// However many there are in `run`, an event wakes one of them. Java's `DelayQueue` does so.
#[derive(Default)]
pub struct LeaderAndFollowers {
    agenda: Mutex<Agenda>,
    /// Where the leader waits.
    first_changed: Condvar,
    /// Where the others do.
    needed: Condvar,
}

#[derive(Default)]
struct Agenda {
    pending: BTreeMap<Place, Action>,
    entered: u64,
    running: usize,
    has_leader: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    time: Time,
    priority: i32,
    event: Event,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    At(Instant),
    Never,
}

impl LeaderAndFollowers {
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
        self.tell(&agenda);
        event
    }

    /// What comes first may have changed.
    fn tell(&self, agenda: &Agenda) {
        if agenda.has_leader {
            self.first_changed.notify_one();
        } else {
            self.needed.notify_one();
        }
    }

    fn next(&self) -> Option<Action> {
        let mut agenda = self.agenda.lock();
        loop {
            let first = agenda.pending.first_key_value();
            match first.map(|(place, _)| place.time) {
                None if agenda.running == 0 => {
                    self.needed.notify_all();
                    return None;
                }
                Some(Time::At(time)) if time <= Instant::now() => {
                    agenda.running += 1;
                    let first = agenda.pending.pop_first();
                    if !agenda.has_leader {
                        self.needed.notify_one();
                    }
                    return first.map(|(_, action)| action);
                }
                Some(time) if !agenda.has_leader => {
                    agenda.has_leader = true;
                    match time {
                        Time::At(time) => _ = self.first_changed.wait_until(&mut agenda, time),
                        Time::Never => self.first_changed.wait(&mut agenda),
                    }
                    agenda.has_leader = false;
                }
                _ => self.needed.wait(&mut agenda),
            }
        }
    }
}

/// Says that the action has ended, however that comes.
struct End<'a>(&'a LeaderAndFollowers);

impl Drop for End<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.pending.is_empty() {
            self.0.needed.notify_all();
        }
    }
}

impl Scheduler for LeaderAndFollowers {
    fn new() -> Self {
        LeaderAndFollowers::default()
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
        let place = places.find(|place| place.event == event);
        agenda.pending.remove(&place.ok_or(NotPending)?);
        self.tell(&agenda);
        Ok(())
    }

    fn run(&self) {
        while let Some(action) = self.next() {
            let _end = End(self);
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
