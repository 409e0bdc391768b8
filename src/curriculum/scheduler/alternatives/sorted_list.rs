//! A list that is sorted when something is entered, and threads that park: each notes down that it
//! waits, and whoever changes what comes first unparks all of these.

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};
use kata::sync::time::{Duration, Instant};
use std::mem;

/// What is checked.
pub type Solution = SortedList;

/// There is no condvar: those who wait are in a list, too.
#[derive(Default)]
pub struct SortedList {
    agenda: Mutex<Agenda>,
}

#[derive(Default)]
struct Agenda {
    /// The first is the last.
    pending: Vec<Pending>,
    waiting: Vec<Thread>,
    entered: u64,
    running: usize,
}

struct Pending {
    /// None if that never comes.
    time: Option<Instant>,
    priority: i32,
    event: Event,
    action: Action,
}

impl Pending {
    /// What is larger comes sooner.
    fn is_before(&self, other: &Pending) -> bool {
        let never = |pending: &Pending| pending.time.is_none();
        let place = |pending: &Pending| (never(pending), pending.time, pending.priority);
        (place(self), self.event) < (place(other), other.event)
    }
}

/// What somebody in `run` does next.
enum Next {
    Run(Action),
    Wait(Duration),
    Leave,
}

impl Agenda {
    fn next(&mut self) -> Next {
        let now = Instant::now();
        match self.pending.last().map(|first| first.time) {
            None if self.running == 0 => return Next::Leave,
            Some(Some(time)) if time <= now => {}
            first => {
                self.waiting.push(thread::current());
                let rest = |time: Instant| time.duration_since(now);
                return Next::Wait(first.flatten().map_or(Duration::MAX, rest));
            }
        }
        self.running += 1;
        let first = self.pending.pop();
        first.map_or(Next::Leave, |first| Next::Run(first.action))
    }

    fn wake_all(&mut self) {
        for thread in mem::take(&mut self.waiting) {
            thread.unpark();
        }
    }
}

impl SortedList {
    fn add(&self, time: Option<Instant>, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        let new = Pending {
            time,
            priority,
            event,
            action,
        };
        let place = agenda.pending.partition_point(|other| new.is_before(other));
        agenda.pending.insert(place, new);
        agenda.wake_all();
        event
    }
}

/// Says that the action has ended, however that comes.
struct End<'a>(&'a SortedList);

impl Drop for End<'_> {
    fn drop(&mut self) {
        let mut agenda = self.0.agenda.lock();
        agenda.running -= 1;
        agenda.wake_all();
    }
}

impl Scheduler for SortedList {
    fn new() -> Self {
        SortedList::default()
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        self.add(Instant::now().checked_add(delay), priority, action)
    }

    fn enterabs(&self, time: Instant, priority: i32, action: Action) -> Event {
        self.add(Some(time), priority, action)
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        let mut agenda = self.agenda.lock();
        let mut pending = agenda.pending.iter();
        let place = pending.position(|pending| pending.event == event);
        agenda.pending.remove(place.ok_or(NotPending)?);
        agenda.wake_all();
        Ok(())
    }

    fn run(&self) {
        loop {
            let next = self.agenda.lock().next();
            match next {
                Next::Leave => return,
                Next::Wait(Duration::MAX) => thread::park(),
                // It may also end for no reason: then it waits again.
                Next::Wait(rest) => thread::park_timeout(rest),
                Next::Run(action) => {
                    let _end = End(self);
                    action();
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
