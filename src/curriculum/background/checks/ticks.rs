//! What the checks note down of ticks, and what they demand of each.

use super::beat::Beat;
use crate::curriculum::background::contract::Tick;
use crate::curriculum::seen::called_back;
use crate::curriculum::signs::signal;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel::Sender;
use crate::sync::thread::{self, ThreadId};
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::sync::Arc;

/// How many ticks may come after the end before the clock is taken for one that never ends.
const MANY: u32 = 8;

/// That the clock was stopped: somebody's call has returned.
#[derive(Clone)]
pub(super) struct Ended {
    has_ended: Arc<AtomicBool>,
    /// The call, as people read it.
    by: &'static str,
}

impl Ended {
    pub(super) fn not_yet(by: &'static str) -> Self {
        Ended {
            has_ended: Arc::new(AtomicBool::new(false)),
            by,
        }
    }

    pub(super) fn note(&self) {
        // Relaxed, here and below: what keeps ticks from coming later is the clock's.
        self.has_ended.store(true, Relaxed);
    }

    fn is_noted(&self) -> bool {
        self.has_ended.load(Relaxed)
    }

    fn expect_before_tick(&self, number: u32) {
        assert!(
            !self.is_noted(),
            "{}",
            text!(
                "{call} has returned, and then tick {number} is called",
                call = self.by,
                number
            )
        );
    }

    fn expect_within_tick(&self, number: u32) {
        assert!(
            !self.is_noted(),
            "{}",
            text!(
                "{call} has returned, and tick {number} is still running",
                call = self.by,
                number
            )
        );
    }
}

/// A tick that does this with its number, from 1.
pub(super) fn numbered(mut code: impl FnMut(u32) + Send + 'static) -> Tick {
    let mut number = 0;
    Box::new(move || {
        called_back(|| {
            number += 1;
            code(number);
        });
    })
}

/// Ticks that have to come at their times, and that give a sign at their end.
///
/// They are made when the clock is started, by the thread that starts it.
pub(super) fn punctual(beat: &Beat, sign: Sender<()>, ended: &Ended) -> Tick {
    let (start, starter) = (Instant::now(), thread::current().id());
    let (takes, mut times) = (beat.time_of_a_tick(), beat.times());
    let ended = ended.clone();
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
        late += u32::from(ended.is_noted());
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
pub(super) fn before_the_end(takes: Duration, sign: Sender<()>, ended: &Ended) -> Tick {
    let ended = ended.clone();
    numbered(move |number| {
        ended.expect_before_tick(number);
        signal(&sign);
        take_time(takes);
        ended.expect_within_tick(number);
    })
}

/// Nothing takes no time: it gives way to nobody.
fn take_time(time: Duration) {
    if !time.is_zero() {
        thread::sleep(time);
    }
}
