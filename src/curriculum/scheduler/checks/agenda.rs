//! Which events are entered: the time and the priority of each.

use crate::curriculum::words::{counted, number};
use crate::curriculum::workload::{joined, list_of, not_a_workload, pair};
use crate::sync::time::Duration;
use crate::{noun, text};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// When an event is to run, and how urgent it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Entry {
    /// Its time, or its delay, in seconds.
    seconds: u16,
    /// Its priority number.
    pub(super) priority: u16,
}

impl Entry {
    pub(super) fn delay(self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }
}

/// `2.0+1.3` is an event at two seconds with priority 0, and one at one second with priority 3.
/// They are numbered in this order, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Agenda(Vec<Entry>);

impl Agenda {
    /// So many events, with times up to so many seconds and priorities up to this one.
    pub(super) fn any(
        events: RangeInclusive<usize>,
        seconds: u16,
        priority: u16,
    ) -> impl Strategy<Value = Self> {
        let entry =
            (0..=seconds, 0..=priority).prop_map(|(seconds, priority)| Entry { seconds, priority });
        vec(entry, events).prop_map(Agenda)
    }

    /// Those with one more event, at a time that there is, or a second later, and as urgent as the
    /// first one or more or less so.
    pub(super) fn larger(&self) -> Vec<Self> {
        let seconds = self.0.last().map_or(0, |entry| entry.seconds);
        let with = |(seconds, priority): (u16, u16)| {
            let entry = Entry { seconds, priority };
            Agenda([&self.0[..], &[entry]].concat())
        };
        let more = [(seconds, 0), (seconds, 1), (seconds.saturating_add(1), 0)];
        more.into_iter().map(with).collect()
    }

    /// The events, each with its number.
    pub(super) fn events(&self) -> impl Iterator<Item = (u64, Entry)> + '_ {
        (1..).zip(self.0.iter().copied())
    }

    /// How many there are.
    pub(super) fn number(&self) -> u64 {
        self.0.len() as u64
    }

    /// The numbers of the events, in the order in which they are to run.
    pub(super) fn order(&self) -> Vec<u64> {
        let mut events: Vec<(u64, Entry)> = self.events().collect();
        events.sort_by_key(|&(number, entry)| (entry, number));
        events.into_iter().map(|(number, _)| number).collect()
    }

    /// True if the time of these two events is the same.
    pub(super) fn are_at_one_time(&self, number: u64, other: u64) -> bool {
        let times: Vec<u16> = self
            .events()
            .filter(|(event, _)| *event == number || *event == other)
            .map(|(_, entry)| entry.seconds)
            .collect();
        times.iter().all(|time| *time == times[0])
    }

    /// The latest time of all.
    pub(super) fn latest(&self) -> Duration {
        let delays = self.0.iter().copied().map(Entry::delay);
        delays.max().unwrap_or_default()
    }

    /// The events, in words.
    pub(super) fn in_words(&self) -> String {
        let entry = |entry: &Entry| {
            text!(
                "{time}, priority {priority}",
                time = format!("{}s", entry.seconds),
                priority = number(entry.priority)
            )
        };
        text!(
            "{events}: {times}",
            events = counted(self.number(), noun!("event")),
            times = joined(self.0.iter().map(entry), text!("; "))
        )
    }
}

impl fmt::Display for Agenda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = |entry: &Entry| format!("{}.{}", entry.seconds, entry.priority);
        f.write_str(&joined(self.0.iter().map(entry), "+"))
    }
}

impl FromStr for Agenda {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let entry = |text: &str| {
            let (seconds, priority) = pair(text, ".")?;
            Some(Entry { seconds, priority })
        };
        let agenda = list_of(text, '+', entry).map(Agenda);
        let expected = text!("the time and the priority of each event");
        agenda.ok_or_else(|| not_a_workload(text, expected, "2.0+1.3"))
    }
}

/// `2/1.0+1.0` are such events beside a number of something else: of threads, or of seconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Counted {
    pub(super) number: u16,
    pub(super) agenda: Agenda,
}

impl Counted {
    /// Such a number, and such events.
    pub(super) fn any(
        number: impl Strategy<Value = u16>,
        agenda: impl Strategy<Value = Agenda>,
    ) -> impl Strategy<Value = Self> {
        (number, agenda).prop_map(|(number, agenda)| Counted { number, agenda })
    }

    /// Those with one more event.
    pub(super) fn larger(&self) -> Vec<Self> {
        let agendas = self.agenda.larger().into_iter();
        let number = self.number;
        let larger = agendas.map(|agenda| Counted { number, agenda });
        larger.collect()
    }

    /// How many threads are in `run`, if the number is theirs: somebody has to be.
    pub(super) fn runners(&self) -> u16 {
        self.number.max(1)
    }

    /// The event that is cancelled, if the number is its own.
    pub(super) fn cancelled(&self) -> u64 {
        u64::from(self.number).clamp(1, self.agenda.number())
    }

    /// The threads that are in `run`, and the events.
    pub(super) fn with_runners(&self) -> String {
        text!(
            "{runners}; {events}",
            runners = counted(self.runners(), noun!("runner")),
            events = self.agenda.in_words()
        )
    }

    /// The event that is cancelled, and all of them.
    pub(super) fn with_cancelled(&self) -> String {
        text!(
            "{events}; the {ordinal} one is cancelled",
            events = self.agenda.in_words(),
            ordinal = ordinal(self.cancelled())
        )
    }

    /// What is waited for, and what is entered meanwhile.
    pub(super) fn with_wait(&self) -> String {
        text!(
            "one event after {time}; entered meanwhile, {events}",
            time = format!("{}s", self.number),
            events = self.agenda.in_words()
        )
    }
}

fn ordinal(number: u64) -> String {
    match number {
        1 => text!("first").to_owned(),
        2 => text!("second").to_owned(),
        3 => text!("third").to_owned(),
        _ => text!("{number}th", number),
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.agenda)
    }
}

impl FromStr for Counted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let counted = pair(text, "/").map(|(number, agenda)| Counted { number, agenda });
        let expected = text!("a number, and the time and the priority of each event");
        counted.ok_or_else(|| not_a_workload(text, expected, "2/1.0+1.3"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn events_survive_their_text_form(agenda in Agenda::any(1..=4, 9, 9)) {
            prop_assert_eq!(agenda.to_string().parse(), Ok(agenda));
        }

        #[test]
        fn events_beside_a_number_survive_their_text_form(
            counted in Counted::any(0..=9_u16, Agenda::any(1..=4, 9, 9))
        ) {
            prop_assert_eq!(counted.to_string().parse(), Ok(counted));
        }
    }

    #[test]
    fn what_are_no_events_is_refused_with_what_was_expected() {
        for text in [
            "", "2", "2.", ".0", "-1.0", "1.-1", "65536.0", "1.0+", "one.two",
        ] {
            let error = text.parse::<Agenda>().unwrap_err();
            assert!(error.contains("such as `2.0+1.3`"), "{text}: {error}");
            let error = format!("1/{text}").parse::<Counted>().unwrap_err();
            assert!(error.contains("such as `2/1.0+1.3`"), "{text}: {error}");
        }
        let error = "1.0".parse::<Counted>().unwrap_err();
        assert!(error.contains("a number, and the time"), "{error}");
    }

    #[test]
    fn events_run_by_time_and_then_by_priority_and_then_by_number() {
        for (agenda, order) in [
            ("2.0+1.0", [2, 1].as_slice()),
            ("1.0+0.1", &[2, 1]),
            ("0.1+0.0", &[2, 1]),
            ("0.0+0.0", &[1, 2]),
            ("1.1+0.1+1.0+0.1", &[2, 4, 3, 1]),
        ] {
            assert_eq!(agenda.parse::<Agenda>().unwrap().order(), order, "{agenda}");
        }
    }
}
