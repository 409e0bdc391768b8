//! The scheduler: it runs actions at their times, by whoever calls `run`.
//!
//! In this version events run in the order in which they were entered. Change `Agenda` so that it
//! keeps the contract of `kata::scheduler::Scheduler`; everything in `kata::sync` is yours: `Mutex`,
//! `Condvar`, `channel`, `thread`, `time`, ...
//!
//!     cargo kata check scheduler     checks this file, and draws what goes wrong
//!     cargo kata brief scheduler     explains the problem
//!     cargo kata                     shows where you stand

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Mutex, thread};
use std::collections::VecDeque;

#[derive(Default)]
struct Agenda {
    shared: Mutex<Shared>,
}

#[derive(Default)]
struct Shared {
    pending: VecDeque<Pending>,
    entered: u64,
}

struct Pending {
    time: Instant,
    event: Event,
    action: Action,
}

impl Scheduler for Agenda {
    fn new() -> Self {
        Agenda::default()
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        self.enterabs(Instant::now() + delay, priority, action)
    }

    fn enterabs(&self, time: Instant, _priority: i32, action: Action) -> Event {
        let mut shared = self.shared.lock();
        shared.entered += 1;
        let event = Event(shared.entered);
        shared.pending.push_back(Pending {
            time,
            event,
            action,
        });
        event
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        self.shared
            .lock()
            .pending
            .retain(|other| other.event != event);
        Ok(())
    }

    fn run(&self) {
        let mut shared = self.shared.lock();
        while let Some(first) = shared.pending.pop_front() {
            thread::sleep(first.time - Instant::now());
            (first.action)();
        }
    }

    fn queue(&self) -> Vec<Event> {
        let shared = self.shared.lock();
        shared.pending.iter().map(|pending| pending.event).collect()
    }

    fn empty(&self) -> bool {
        self.shared.lock().pending.is_empty()
    }
}

fn main() -> std::process::ExitCode {
    kata::scheduler::check::<Agenda>()
}
