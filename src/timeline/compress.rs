//! Long records made short: repetitions are told once, and the middle is left out.

use crate::explore::operation::TaskId;
use crate::explore::record::Event;
use std::ops::Range;

/// What is told of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// This event.
    Event(usize),
    /// The events of the range, which are the `period` events before them over and over.
    Again {
        /// The events that are not told.
        skipped: Range<usize>,
        /// How many events are repeated.
        period: usize,
    },
    /// These events are left out.
    LeftOut(Range<usize>),
}

/// Whether all of an execution is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// Repetitions once, and of a long record not the middle.
    Short,
    /// All of it.
    Whole,
}

/// How much is told of a long record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bounds {
    /// So many parts are told whole.
    most: usize,
    /// Of more, so many at the beginning.
    head: usize,
    /// And so many at the end.
    tail: usize,
}

impl Bounds {
    /// For executions that matter from beginning to end.
    pub(super) const ORDINARY: Bounds = Bounds {
        most: 60,
        head: 16,
        tail: 24,
    };
    /// For executions of which the end looks like the middle.
    pub(super) const ENDLESS: Bounds = Bounds {
        most: 24,
        head: 8,
        tail: 8,
    };
}

/// The longest run of events whose repetition is noticed: a turn each for some spinning tasks.
const LONGEST_PERIOD: usize = 16;

/// Chooses what to tell; `shown` are the indices of the events that count.
pub(super) fn compress(events: &[Event], shown: &[usize], bounds: Bounds) -> Vec<Part> {
    let mut parts = fold(events, shown);
    if parts.len() > bounds.most {
        let (start, end) = (bounds.head, parts.len() - bounds.tail);
        let left_out = first(&parts[start])..first(&parts[end]);
        parts.splice(start..end, [Part::LeftOut(left_out)]);
    }
    parts
}

fn first(part: &Part) -> usize {
    match part {
        Part::Event(index) => *index,
        Part::Again { skipped, .. } | Part::LeftOut(skipped) => skipped.start,
    }
}

/// Replaces repetitions.
fn fold(events: &[Event], shown: &[usize]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < shown.len() {
        match repetition(events, shown, at) {
            Some((period, length)) => {
                parts.extend(
                    shown[at..at + period]
                        .iter()
                        .map(|&index| Part::Event(index)),
                );
                let end = shown.get(at + length).map_or(events.len(), |&index| index);
                let skipped = shown[at + period]..end;
                parts.push(Part::Again { skipped, period });
                at += length;
            }
            None => {
                parts.push(Part::Event(shown[at]));
                at += 1;
            }
        }
    }
    parts
}

/// The shortest period with which the events from `at` on repeat, and over how many they do.
fn repetition(events: &[Event], shown: &[usize], at: usize) -> Option<(usize, usize)> {
    let alike = |a: usize, b: usize| is_alike(&events[shown[a]], &events[shown[b]]);
    (1..=LONGEST_PERIOD).find_map(|period| {
        let repeated = (at + period..shown.len()).take_while(|&later| alike(later, later - period));
        let rounds = repeated.count() / period + 1;
        // Three rounds of one event are short enough as they are.
        (rounds * period >= 6 && rounds >= 3).then_some((period, rounds * period))
    })
}

fn is_alike(a: &Event, b: &Event) -> bool {
    let key = |event: &Event| -> (TaskId, Option<u32>) {
        (event.task, event.location.map(|location| location.line()))
    };
    key(a) == key(b) && a.what == b.what && a.seen == b.seen
}
