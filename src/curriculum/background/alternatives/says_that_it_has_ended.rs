//! Nobody is joined: the clock has a state, and its thread says itself when its last tick is over.

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// What is checked.
pub type Solution = SaysThatItHasEnded;

/// Those who stop the clock wait for its last state.
#[derive(Debug)]
pub struct SaysThatItHasEnded {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Waits,
    /// In a tick, which this thread calls.
    Ticks(ThreadId),
    /// The same, and it is the last one.
    TicksLast(ThreadId),
    Ended,
}

impl Shared {
    fn run(&self, interval: Duration, mut tick: Tick, start: Instant) {
        let this = thread::current().id();
        let mut next = interval;
        let mut state = self.state.lock();
        loop {
            let rest = next.saturating_sub(start.elapsed());
            let waits = |state: &mut State| *state == State::Waits;
            self.changed.wait_while_for(&mut state, waits, rest);
            if *state != State::Waits {
                break;
            }
            *state = State::Ticks(this);
            drop(state);
            tick();
            next = first_after(next, start.elapsed(), interval);
            state = self.state.lock();
            if *state != State::Ticks(this) {
                break;
            }
            *state = State::Waits;
        }
        *state = State::Ended;
        self.changed.notify_all();
    }
}

/// The first time after a tick's that has not passed.
fn first_after(time: Duration, now: Duration, interval: Duration) -> Duration {
    let next = time + interval;
    if next < now {
        first_after(next, now, interval)
    } else {
        next
    }
}

impl Clock for SaysThatItHasEnded {
    fn start(interval: Duration, tick: Tick) -> Self {
        let start = Instant::now();
        let shared = Arc::new(Shared {
            state: Mutex::new(State::Waits),
            changed: Condvar::new(),
        });
        let clock = Arc::clone(&shared);
        thread::spawn(move || clock.run(interval, tick, start));
        SaysThatItHasEnded { shared }
    }

    fn stop(&self) {
        let mut state = self.shared.state.lock();
        match *state {
            // It has nothing to do, and need not be waited for.
            State::Waits => *state = State::Ended,
            State::Ticks(own) => *state = State::TicksLast(own),
            State::TicksLast(_) | State::Ended => {}
        }
        self.shared.changed.notify_all();
        let this = thread::current().id();
        self.shared.changed.wait_while(
            &mut state,
            |state| matches!(*state, State::TicksLast(own) if own != this),
        );
    }
}

impl Drop for SaysThatItHasEnded {
    fn drop(&mut self) {
        self.stop();
    }
}
