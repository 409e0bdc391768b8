//! The checks of `background`, from the simplest to the most demanding.

mod beat;
mod party;
mod scenarios;
mod stops;
mod ticks;

use super::contract::{Clock, Tick};
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::sync::time::Duration;
use crate::told_later;
use beat::Beat;
use party::Party;
use proptest::strategy::Strategy;
use std::sync::Arc;
use stops::Stops;

/// Starts a clock.
type Start = fn(Duration, Tick) -> Arc<dyn Clock>;

/// What every clock promises, from the simplest to the most demanding.
pub fn checks<C: Clock>() -> Vec<Check> {
    checks_of(|interval, tick| Arc::new(C::start(interval, tick)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(start: Start) -> Vec<Check> {
    of_ticks(start)
        .into_iter()
        .chain(of_the_end(start))
        .collect()
}

/// When ticks come. loom knows of no time: there the clock is stopped before the first one.
fn of_ticks(start: Start) -> [Check; 3] {
    let check = move |name, promise, generated, listed: Listed| {
        let scenario = move |beat: &Beat| scenarios::ticks_come_at_their_times(start, beat);
        beat_check(name, promise, generated, listed, scenario)
    };
    [
        check(
            "ticks_come_at_their_times",
            told_later!(
                "The first tick comes an interval after the start, and each other one an interval later."
            ),
            Beat::any(0..=4, &[0]),
            [&["0/0", "1/0", "2/0", "3/0"], &["0/0"]],
        ),
        check(
            "a_tick_that_takes_time_moves_no_other",
            told_later!("However long a tick takes, the next one comes at its own time."),
            Beat::any(2..=4, &[1, 2, 3]),
            [&["2/2", "3/1"], &["0/2"]],
        ),
        check(
            "times_that_pass_are_left_out",
            told_later!(
                "Nothing is made up for: the times that pass while a tick runs are left out."
            ),
            Beat::any(2..=3, &[5, 6, 7, 9, 10, 11]),
            [&["2/6", "3/10"], &["0/6"]],
        ),
    ]
}

/// How the clock ends.
fn of_the_end(start: Start) -> [Check; 6] {
    [
        beat_check(
            "no_tick_comes_after_stop",
            told_later!(
                "When `stop` has returned, no tick is running, and none is called any more."
            ),
            Beat::any(1..=3, &[0, 2, 6]),
            [&["1/0", "1/2", "2/0"], &["0/0"]],
            move |beat| scenarios::no_tick_comes_after_stop(start, beat),
        ),
        stops_check(
            "stop_ends_a_clock_that_never_ticks",
            told_later!("`stop` wakes the clock, however long it would wait for its next tick."),
            Stops::any(0..=0),
            [&["0/1", "0/2", "0/1+1"], &["0/1", "0/1+1"]],
            move |stops| scenarios::stop_ends_a_clock_that_never_ticks(start, stops),
        ),
        beat_check(
            "nothing_else_wakes_it",
            told_later!(
                "Between two ticks the clock waits: it does not wake now and then to look whether it is stopped."
            ),
            Beat::any(0..=1, &[0]),
            [&["0/0", "1/0"], &["0/0"]],
            move |beat| scenarios::nothing_else_wakes_it(start, beat),
        ),
        beat_check(
            "dropping_it_stops_it",
            told_later!(
                "When the clock is dropped, no tick is running, and none is called any more."
            ),
            Beat::any(1..=3, &[0, 2, 6]),
            [&["1/0", "1/2", "2/0"], &["0/0"]],
            move |beat| scenarios::dropping_it_stops_it(start, beat),
        ),
        stops_check(
            "everybody_may_stop_it",
            told_later!(
                "Several threads may stop it, each more than once: whenever one of these calls has returned, no tick is running."
            ),
            Stops::any(0..=2),
            [&["1/2", "1/1+1", "0/1+1"], &["0/1", "0/2"]],
            move |stops| scenarios::everybody_may_stop_it(start, stops),
        ),
        Check::told(
            "a_tick_may_stop_it",
            told_later!("A tick may stop the clock and drop it, also while others stop it."),
            Party::in_words,
            Party::any(),
            listed(&["1/0", "2/0", "1/1"]),
            listed(&["1/1"]),
            move |party| scenarios::a_tick_may_stop_it(start, party),
        )
        .growing(Party::larger),
    ]
}

/// The workloads of a check, for the engine and for loom.
type Listed = [&'static [&'static str]; 2];

/// A check with somebody who starts a clock and ends it again.
fn beat_check(
    name: &'static str,
    promise: &'static str,
    generated: impl Strategy<Value = Beat> + Send + Sync + 'static,
    [exhaustive, loom]: Listed,
    scenario: impl Fn(&Beat) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Beat::in_words,
        generated,
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Beat::larger)
}

/// A check with threads that stop the clock.
fn stops_check(
    name: &'static str,
    promise: &'static str,
    generated: impl Strategy<Value = Stops> + Send + Sync + 'static,
    [exhaustive, loom]: Listed,
    scenario: impl Fn(&Stops) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Stops::in_words,
        generated,
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Stops::larger)
}
