//! What the checks of `background` run.

use super::Start;
use super::beat::{Beat, INTERVAL};
use super::party::Party;
use super::stops::Stops;
use super::ticks::{End, before_the_end, numbered, punctual};
use crate::curriculum::background::contract::{Clock, Tick};
use crate::curriculum::seen::{called, called_back, must_be_seen};
use crate::curriculum::signs::signal;
use crate::curriculum::words::counted;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::noun;
use crate::sync::channel::{self, Receiver};
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::sync::{Arc, Weak};

fn start_seen(start: Start, interval: Duration, tick: Tick) -> Arc<dyn Clock> {
    must_be_seen("start", || start(interval, tick))
}

fn stop(clock: &dyn Clock) {
    must_be_seen("stop", || clock.stop());
}

/// Waits for so many ticks, each of which gives a sign.
fn await_ticks(signs: &Receiver<()>, ticks: u16) {
    for seen in 0..ticks {
        assert!(
            signs.recv().is_ok(),
            "{}",
            text!(
                "the clock has ended after {ticks}, and nobody has stopped it",
                ticks = counted(seen, noun!("tick"))
            )
        );
    }
}

/// Ticks that take time, and that do not, have to come at the times that the workload says.
pub(super) fn ticks_come_at_their_times(start: Start, beat: &Beat) -> Scenario {
    let beat = *beat;
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let end = End::by("`stop`");
        let clock = start_seen(start, INTERVAL, punctual(&beat, sign, &end));
        await_ticks(&signs, beat.ticks);
        stop(&*clock);
        end.come();
    })
}

pub(super) fn no_tick_comes_after_stop(start: Start, beat: &Beat) -> Scenario {
    let beat = *beat;
    Scenario::new().thread("main", move || {
        let end = End::by("`stop`");
        let clock = after_ticks(start, beat.ticks, beat.time_of_a_tick(), &end);
        stop(&*clock);
        end.come();
    })
}

pub(super) fn dropping_it_stops_it(start: Start, beat: &Beat) -> Scenario {
    let beat = *beat;
    Scenario::new().thread("main", move || {
        let end = End::by("`drop`");
        let clock = after_ticks(start, beat.ticks, beat.time_of_a_tick(), &end);
        // Nothing has to be seen of it: that would be said of a clock which is not stopped by it.
        called("drop", || drop(clock));
        end.come();
    })
}

/// A clock in the middle of its last tick that is waited for, or after it.
fn after_ticks(start: Start, ticks: u16, take: Duration, end: &End) -> Arc<dyn Clock> {
    let (sign, signs) = channel::unbounded();
    let tick = before_the_end(take, sign, end);
    let clock = start_seen(start, INTERVAL, tick);
    await_ticks(&signs, ticks);
    clock
}

/// Whoever waits for the time of a tick waits for ever.
pub(super) fn stop_ends_a_clock_that_never_ticks(start: Start, stops: &Stops) -> Scenario {
    let stops = stops.clone();
    Scenario::new().thread("main", move || {
        let tick = numbered(|_| {
            panic!(
                "{}",
                text!("the interval is `Duration::MAX`, and a tick is called")
            )
        });
        let clock = start_seen(start, Duration::MAX, tick);
        stop_all(&*clock, &stops.by, || ());
    })
}

/// The interval of a clock that has a long time between two ticks.
const LONG: Duration = Duration::from_secs(10);

/// Who has waited for the clock knows the time at which it woke last.
pub(super) fn nothing_else_wakes_it(start: Start, beat: &Beat) -> Scenario {
    let ticks = beat.ticks;
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let began = Instant::now();
        let clock = start_seen(start, LONG, numbered(move |_| signal(&sign)));
        await_ticks(&signs, ticks);
        stop(&*clock);
        let passed = began.elapsed();
        assert!(
            passed.as_secs().is_multiple_of(LONG.as_secs()) && passed.subsec_nanos() == 0,
            "{}",
            text!(
                "the clock was awake {passed} after the start, and that is no time of a tick",
                passed = format!("{passed:?}")
            )
        );
    })
}

/// A tick that those who stop the clock find running.
const LONG_TICK: Duration = Duration::from_millis(500);

pub(super) fn everybody_may_stop_it(start: Start, stops: &Stops) -> Scenario {
    let stops = stops.clone();
    Scenario::new().thread("main", move || {
        let end = End::by("`stop`");
        let clock = after_ticks(start, stops.ticks, LONG_TICK, &end);
        stop_all(&*clock, &stops.by, || end.come());
    })
}

/// Threads that stop the clock, each as often as the workload says, and do this when it has
/// returned.
fn stop_all(clock: &dyn Clock, stops: &PerThread, then: impl Fn() + Sync) {
    thread::scope(|scope| {
        for (name, times) in stops.threads("stopper") {
            let then = &then;
            let code = move || {
                called_back(|| {
                    for _ in 0..times {
                        stop(clock);
                        then();
                    }
                });
            };
            let stopper = thread::Builder::new().name(name);
            let started = stopper.spawn_scoped(scope, code);
            started.expect("an exploration has room for it");
        }
    });
}

/// A tick's hold of its clock.
struct Hold {
    clock: Weak<dyn Clock>,
    /// It is the only one who has it.
    own: Option<Arc<dyn Clock>>,
}

pub(super) fn a_tick_may_stop_it(start: Start, party: &Party) -> Scenario {
    let Party { tick, others } = *party;
    Scenario::new().thread("main", move || {
        let (give, take) = channel::bounded::<Hold>(1);
        let mut is_stopped = false;
        let clock = start_seen(
            start,
            INTERVAL,
            numbered(move |number| {
                assert!(
                    !is_stopped,
                    "{}",
                    text!("a tick has stopped the clock, and then another tick is called")
                );
                if number == u32::from(tick) {
                    stop_it(take.recv().expect("somebody starts the clock"));
                    is_stopped = true;
                }
            }),
        );
        let weak = Arc::downgrade(&clock);
        let (own, shared) = if others == 0 {
            (Some(clock), None)
        } else {
            (None, Some(clock))
        };
        let hold = Hold { clock: weak, own };
        give.send(hold).expect("nobody has stopped the clock");
        if let Some(clock) = shared {
            let stops = PerThread::new(vec![1; others.into()]);
            stop_all(&*clock, &stops, || ());
        }
    })
}

/// What the tick does that stops the clock.
fn stop_it(hold: Hold) {
    // If the others have let go of it, it is stopped.
    if let Some(clock) = hold.clock.upgrade() {
        called("stop", || clock.stop());
    }
    called("drop", || drop(hold.own));
}
