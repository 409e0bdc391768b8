//! A heap of places, and a table of actions: what is not in the table was cancelled, and is thrown
//! away when it comes to be first.

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// What is checked.
pub type Solution = HeapAndTable;

/// To cancel an event takes no search.
#[derive(Default)]
pub struct HeapAndTable {
    agenda: Mutex<Agenda>,
    changed: Condvar,
}

#[derive(Default)]
struct Agenda {
    /// All that is pending, and some that is not any more.
    places: BinaryHeap<Reverse<Place>>,
    actions: HashMap<Event, Action>,
    entered: u64,
    running: usize,
}

/// The time, or none if that never comes; the priority; and the event.
type Place = (Reverse<Option<Reverse<Instant>>>, i32, Event);

impl Agenda {
    /// The time of the first event that is pending, and the event.
    fn first(&mut self) -> Option<(Option<Instant>, Event)> {
        loop {
            let Reverse((Reverse(time), _, event)) = *self.places.peek()?;
            if self.actions.contains_key(&event) {
                return Some((time.map(|Reverse(time)| time), event));
            }
            self.places.pop();
        }
    }
}

impl HeapAndTable {
    fn add(&self, time: Option<Instant>, priority: i32, action: Action) -> Event {
        let mut agenda = self.agenda.lock();
        agenda.entered += 1;
        let event = Event(agenda.entered);
        // Turned round twice, none comes last.
        let time = Reverse(time.map(Reverse));
        agenda.places.push(Reverse((time, priority, event)));
        agenda.actions.insert(event, action);
        self.changed.notify_all();
        event
    }

    fn ends(&self) {
        let mut agenda = self.agenda.lock();
        agenda.running -= 1;
        if agenda.running == 0 && agenda.actions.is_empty() {
            self.changed.notify_all();
        }
    }
}

/// Says that the action has ended, however that comes.
struct End<'a>(&'a HeapAndTable);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.ends();
    }
}

impl Scheduler for HeapAndTable {
    fn new() -> Self {
        HeapAndTable::default()
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        self.add(Instant::now().checked_add(delay), priority, action)
    }

    fn enterabs(&self, time: Instant, priority: i32, action: Action) -> Event {
        self.add(Some(time), priority, action)
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        let action = self.agenda.lock().actions.remove(&event);
        action.ok_or(NotPending)?;
        self.changed.notify_all();
        Ok(())
    }

    fn run(&self) {
        let mut agenda = self.agenda.lock();
        loop {
            match agenda.first() {
                None if agenda.running == 0 => return,
                None | Some((None, _)) => self.changed.wait(&mut agenda),
                Some((Some(time), _)) if Instant::now() < time => {
                    self.changed.wait_until(&mut agenda, time);
                }
                Some((_, event)) => {
                    let action = agenda.actions.remove(&event);
                    agenda.running += 1;
                    drop(agenda);
                    let end = End(self);
                    action.into_iter().for_each(|action| action());
                    drop(end);
                    agenda = self.agenda.lock();
                }
            }
        }
    }

    fn queue(&self) -> Vec<Event> {
        let agenda = self.agenda.lock();
        let mut places: Vec<Place> = agenda.places.iter().map(|Reverse(place)| *place).collect();
        places.retain(|(_, _, event)| agenda.actions.contains_key(event));
        places.sort_unstable();
        places.into_iter().map(|(_, _, event)| event).collect()
    }

    fn empty(&self) -> bool {
        self.agenda.lock().actions.is_empty()
    }
}
