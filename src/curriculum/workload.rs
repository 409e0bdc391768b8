//! Workloads in numbers: how often each thread of a scenario acts.

use crate::curriculum::words::{counted, number};
use crate::text;
use crate::texts;
use proptest::collection::vec;
use proptest::strategy::Strategy;
use std::fmt;
use std::num::NonZeroU16;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// How often each thread acts: `2+1` is one thread that acts twice, and one that acts once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PerThread(Vec<u16>);

impl PerThread {
    /// As many threads as there are numbers.
    pub fn new(times: impl Into<Vec<u16>>) -> Self {
        PerThread(times.into())
    }

    /// Any workload within these bounds; shrinks towards few threads that act rarely.
    pub fn any(
        threads: RangeInclusive<usize>,
        times: RangeInclusive<u16>,
    ) -> impl Strategy<Value = Self> {
        vec(times, threads).prop_map(PerThread)
    }

    /// Those that are larger by one act, of threads that are all alike: the threads come from those that
    /// act often to those that act rarely, so that none comes up in two ways.
    pub fn larger(&self) -> Vec<Self> {
        let one_more = |index: usize| {
            let mut times = self.0.clone();
            times[index] = times[index].checked_add(1)?;
            Some(times)
        };
        let mut all: Vec<Vec<u16>> = (0..self.0.len()).filter_map(one_more).collect();
        all.push([&self.0[..], &[1]].concat());
        for times in &mut all {
            times.sort_unstable_by(|one, other| other.cmp(one));
        }
        all.dedup();
        all.into_iter().map(PerThread).collect()
    }

    /// The same, if the first thread is not like the others.
    pub fn larger_after_the_first(&self) -> Vec<Self> {
        let Some((&first, others)) = self.0.split_first() else {
            return self.larger();
        };
        let with = |first: u16, others: &[u16]| PerThread([&[first], others].concat());
        let more = first.checked_add(1).map(|first| with(first, others));
        let larger = PerThread::new(others).larger();
        more.into_iter()
            .chain(larger.iter().map(|others| with(first, &others.0)))
            .collect()
    }

    /// How often the threads act together.
    pub fn total(&self) -> u64 {
        self.0.iter().copied().map(u64::from).sum()
    }

    /// The threads of a role, and how often they act: "two adders, one increment each".
    pub fn in_words(&self, role: &str, act: &str) -> String {
        in_words(&[(role, self)], act)
    }

    /// The threads' names, `adder-1` and so on for the role `adder`, and how often each one acts.
    pub fn threads(&self, role: &str) -> impl Iterator<Item = (String, u64)> {
        (1..)
            .zip(&self.0)
            .map(move |(number, &times)| (format!("{role}-{number}"), u64::from(times)))
    }
}

impl fmt::Display for PerThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.0, "+"))
    }
}

impl FromStr for PerThread {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let times = list(text, '+').map(PerThread);
        times.ok_or_else(|| not_a_workload(text, text!("how often each thread acts"), "2+1"))
    }
}

/// The next number, of which there are as many as fit two bytes.
pub fn next(number: &NonZeroU16) -> Vec<NonZeroU16> {
    number.checked_add(1).into_iter().collect()
}

/// From one to so many; shrinks towards one.
pub fn one_to(most: u16) -> impl Strategy<Value = NonZeroU16> {
    (1..=most).prop_filter_map("at least one", NonZeroU16::new)
}

/// The threads of several roles that act alike: "one ping and two pongs, one turn each".
pub fn in_words(roles: &[(&str, &PerThread)], act: &str) -> String {
    let threads = |(role, team): &(&str, &PerThread)| counted(team.0.len(), role);
    let times: Vec<u16> = roles.iter().flat_map(|(_, team)| team.0.clone()).collect();
    let all = || texts::list(&roles.iter().map(threads).collect::<Vec<_>>());
    match (&times[..], roles) {
        ([], _) => all(),
        ([first, others @ ..], _) if others.iter().all(|other| other == first) => {
            let acts = counted(*first, act);
            if *first > 0 && !others.is_empty() {
                text!("{threads}, {acts} each", threads = all(), acts)
            } else {
                [all(), acts].join(", ")
            }
        }
        (_, [only]) => text!(
            "{threads}: {acts}",
            threads = threads(only),
            acts = one_by_one(only, act)
        ),
        _ => joined(
            roles.iter().map(|(role, team)| team.in_words(role, act)),
            text!("; "),
        ),
    }
}

/// Threads that do not all act as often: "two increments by adder-1, one by adder-2".
fn one_by_one((role, team): &(&str, &PerThread), act: &str) -> String {
    let by = |(index, (name, times))| match (index, times) {
        (0, times) => text!("{acts} by {name}", acts = counted(times, act), name),
        (_, 0) => text!("none by {name}", name),
        (_, times) => text!("{acts} by {name}", acts = number(times), name),
    };
    joined(team.threads(role).enumerate().map(by), ", ")
}

/// The workloads of these texts.
///
/// # Panics
/// Panics if one of them is not a workload.
pub fn listed<W: FromStr<Err: fmt::Display>>(texts: &[&str]) -> Vec<W> {
    let workload = |text: &&str| text.parse().unwrap_or_else(|error| panic!("{error}"));
    texts.iter().map(workload).collect()
}

/// The parts of a text such as `2+1`.
pub fn list<T: FromStr>(text: &str, separator: char) -> Option<Vec<T>> {
    list_of(text, separator, |part| part.parse().ok())
}

/// The parts of a text, each of which is read so.
pub fn list_of<T>(
    text: &str,
    separator: char,
    part: impl FnMut(&str) -> Option<T>,
) -> Option<Vec<T>> {
    text.split(separator).map(part).collect()
}

/// The two parts of a text such as `2+1/3`.
pub fn pair<A: FromStr, B: FromStr>(text: &str, separator: &str) -> Option<(A, B)> {
    let (first, second) = text.split_once(separator)?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// The text of a list: what [`list`] reads.
pub fn joined<T: fmt::Display>(parts: impl IntoIterator<Item = T>, separator: &str) -> String {
    let parts = parts.into_iter().map(|part| part.to_string());
    parts.collect::<Vec<_>>().join(separator)
}

/// A text such as `2+1,room2`, without the room and with it; `usual` is meant where none is told.
pub fn with_room<T: FromStr>(text: &str, usual: T) -> Option<(&str, T)> {
    match text.split_once(ROOM) {
        Some((text, room)) => Some((text, room.parse().ok()?)),
        None => Some((text, usual)),
    }
}

/// Writes the room, unless it is the usual one: what [`with_room`] reads.
pub fn write_room<T: fmt::Display + PartialEq>(
    f: &mut fmt::Formatter<'_>,
    room: T,
    usual: T,
) -> fmt::Result {
    if room == usual {
        return Ok(());
    }
    write!(f, "{ROOM}{room}")
}

const ROOM: &str = ",room";

/// What is said of a text that is not a workload.
pub fn not_a_workload(text: &str, expected: &str, example: &str) -> String {
    text!(
        "`{text}` is not a workload; expected {expected}, such as `{example}`",
        text,
        expected,
        example
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(workload in PerThread::any(1..=4, 0..=u16::MAX)) {
            prop_assert_eq!(workload.to_string().parse(), Ok(workload));
        }
    }

    #[test]
    fn workloads_grow_by_one_act_at_a_time() {
        let larger = |text: &str, grow: fn(&PerThread) -> Vec<PerThread>| {
            let workload: PerThread = text.parse().unwrap();
            joined(grow(&workload), " ")
        };
        assert_eq!(larger("1", PerThread::larger), "2 1+1");
        assert_eq!(larger("1+1", PerThread::larger), "2+1 1+1+1");
        assert_eq!(larger("2+1", PerThread::larger), "3+1 2+2 2+1+1");
        assert_eq!(larger("65535", PerThread::larger), "65535+1");
        let after = PerThread::larger_after_the_first;
        assert_eq!(larger("1+0", after), "2+0 1+1 1+1+0");
        assert_eq!(larger("1+2+1", after), "2+2+1 1+3+1 1+2+2 1+2+1+1");
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "+", "1+", "1 + 1", "-1", "65536", "two"] {
            let error = text.parse::<PerThread>().unwrap_err();
            assert!(error.contains("such as `2+1`"), "{text}: {error}");
        }
    }

    #[test]
    fn threads_that_act_as_often_are_told_together_and_others_one_by_one() {
        for (workload, words) in [
            ("0", "one adder, no increments"),
            ("1", "one adder, one increment"),
            ("2", "one adder, two increments"),
            ("0+0", "two adders, no increments"),
            ("1+1", "two adders, one increment each"),
            (
                "2+1",
                "two adders: two increments by adder-1, one by adder-2",
            ),
            (
                "1+0",
                "two adders: one increment by adder-1, none by adder-2",
            ),
        ] {
            let workload: PerThread = workload.parse().unwrap();
            assert_eq!(workload.in_words("adder", "increment"), words);
        }
        assert_eq!(
            PerThread::new([]).in_words("adder", "increment"),
            "no adders"
        );
    }

    #[test]
    fn roles_that_act_alike_are_told_together() {
        for (pings, pongs, words) in [
            ("1", "1", "one ping and one pong, one turn each"),
            ("1+1", "2", "two pings, one turn each; one pong, two turns"),
            ("2", "1+1", "one ping, two turns; two pongs, one turn each"),
            ("1", "0", "one ping, one turn; one pong, no turns"),
        ] {
            let [pings, pongs]: [PerThread; 2] = [pings, pongs].map(|team| team.parse().unwrap());
            assert_eq!(
                in_words(&[("ping", &pings), ("pong", &pongs)], "turn"),
                words
            );
        }
    }

    #[test]
    fn workloads_are_told_in_the_language_of_who_reads() {
        let told = |[pings, pongs]: [&str; 2]| {
            let [pings, pongs]: [PerThread; 2] = [pings, pongs].map(|team| team.parse().unwrap());
            let told = || in_words(&[("ping", &pings), ("pong", &pongs)], "turn");
            texts::speaking(Language::French, told)
        };
        for (teams, words) in [
            (["1", "1"], "1 ping et 1 pong, 1 tour chacun"),
            (
                ["2+1", "0"],
                "2 pings : 2 tours par ping-1, 1 par ping-2 ; 1 pong, 0 tour",
            ),
        ] {
            assert_eq!(told(teams).replace('\u{a0}', " "), words);
        }
    }

    #[test]
    fn threads_are_named_by_role_and_number() {
        let workload = PerThread::new([2, 0]);
        let threads: Vec<_> = workload.threads("adder").collect();
        assert_eq!(
            threads,
            [("adder-1".to_owned(), 2), ("adder-2".to_owned(), 0)]
        );
        assert_eq!(workload.total(), 2);
    }
}
