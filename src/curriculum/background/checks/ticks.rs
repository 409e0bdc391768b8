//! What the checks note down of ticks, and what they demand of each.

use super::beat::Beat;
use crate::curriculum::background::contract::Tick;
use crate::curriculum::seen::called_back_as;
use crate::curriculum::signs::signal;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::channel::Sender;
use crate::sync::thread::{self, ThreadId};
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::sync::Arc;

/// How many ticks may come after the end before the clock is taken for one that never ends.
const MANY: u32 = 8;

/// The end of a clock: somebody has stopped it.
#[derive(Clone)]
pub(super) struct End {
    shared: Arc<Shared>,
    /// What ends it, as people read it.
    call: &'static str,
}

// Relaxed, here and below: that ticks are over, and that this is seen, is the clock's affair.
struct Shared {
    has_come: AtomicBool,
    /// How many ticks are running.
    running: AtomicU64,
}

impl End {
    /// It has not come, and no tick is running.
    pub(super) fn by(call: &'static str) -> Self {
        let shared = Shared {
            has_come: AtomicBool::new(false),
            running: AtomicU64::new(0),
        };
        End {
            shared: Arc::new(shared),
            call,
        }
    }

    /// The call that ends the clock has returned: now no tick may be running.
    pub(super) fn come(&self) {
        assert!(
            self.shared.running.load(Relaxed) == 0,
            "{}",
            text!(
                "{call} has returned, and a tick is still running",
                call = self.call
            )
        );
        self.shared.has_come.store(true, Relaxed);
    }

    fn has_come(&self) -> bool {
        self.shared.has_come.load(Relaxed)
    }

    /// A tick begins.
    fn begin(&self, number: u32) {
        assert!(
            !self.has_come(),
            "{}",
            text!(
                "{call} has returned, and then tick {number} is called",
                call = self.call,
                number
            )
        );
        self.shared.running.fetch_add(1, Relaxed);
    }

    /// A tick is over.
    fn finish(&self) {
        self.shared.running.fetch_sub(1, Relaxed);
    }
}

/// A tick that does this with its number, from 1.
pub(super) fn numbered(mut code: impl FnMut(u32) + Send + 'static) -> Tick {
    let mut number = 0;
    Box::new(move || {
        let tick = || {
            number += 1;
            code(number);
        };
        called_back_as(|| "tick()".to_owned(), |()| None, tick);
    })
}

/// Ticks that have to come at their times, and that give a sign at their end.
///
/// They are made when the clock is started, by the thread that starts it.
pub(super) fn punctual(beat: &Beat, sign: Sender<()>, end: &End) -> Tick {
    let (start, starter) = (Instant::now(), thread::current().id());
    let (takes, mut times) = (beat.time_of_a_tick(), beat.times());
    let end = end.clone();
    let mut late = 0;
    numbered(move |number| {
        expect_own_thread(number, starter);
        let time = times.next().unwrap_or(Duration::MAX);
        let passed = start.elapsed();
        assert!(
            passed == time,
            "{}",
            text!(
                "tick {number} is called {passed} after the start, and its time is {time} after it",
                number,
                passed = format!("{passed:?}"),
                time = format!("{time:?}")
            )
        );
        late += u32::from(end.has_come());
        // Whether there is one too many other checks say; without an end none could.
        assert!(
            late < MANY,
            "{}",
            text!("the clock was stopped, and it goes on ticking")
        );
        take_time(takes);
        signal(&sign);
    })
}

fn expect_own_thread(number: u32, starter: ThreadId) {
    assert!(
        thread::current().id() != starter,
        "{}",
        text!(
            "tick {number} is called by the thread that has started the clock",
            number
        )
    );
}

/// Ticks of which none may run once the clock has ended, and that give a sign at their beginning.
pub(super) fn before_the_end(takes: Duration, sign: Sender<()>, end: &End) -> Tick {
    let end = end.clone();
    numbered(move |number| {
        end.begin(number);
        signal(&sign);
        take_time(takes);
        end.finish();
    })
}

/// Nothing takes no time: it gives way to nobody.
fn take_time(time: Duration) {
    if !time.is_zero() {
        thread::sleep(time);
    }
}
