//! Workloads: what the probes of each host find out.

use crate::curriculum::report::contract::State;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{joined, not_a_workload};
use crate::texts;
use crate::{text, told_later};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What a probe comes to: a state, or a panic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Outcome(pub(super) Option<State>);

/// The outcomes, each with its letter and its word.
const OUTCOMES: [(Outcome, char, &str); 4] = [
    (Outcome(Some(State::Alive)), 'a', told_later!("alive")),
    (Outcome(Some(State::Failing)), 'f', told_later!("failing")),
    (Outcome(Some(State::Unknown)), 'u', told_later!("unknown")),
    (Outcome(None), 'p', told_later!("panicking")),
];

/// How many of them are states.
const STATES: usize = 3;

impl Outcome {
    /// Its letter, and its word.
    fn told(self) -> (char, &'static str) {
        let told = OUTCOMES.iter().find(|(outcome, ..)| *outcome == self);
        let (_, letter, word) = told.expect("one of them");
        (*letter, word)
    }

    fn of(letter: char) -> Option<Self> {
        let outcome = OUTCOMES.iter().find(|(_, other, _)| *other == letter);
        outcome.map(|(outcome, ..)| *outcome)
    }
}

/// `af+u` is two hosts, each with a thread: the first one is reported alive, and then failing; the
/// second one is unknown. `p` is a probe that panics.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hosts(Vec<Vec<Outcome>>);

impl Hosts {
    /// So many hosts, each of which is reported so often.
    pub(super) fn any(
        hosts: RangeInclusive<usize>,
        reports: RangeInclusive<usize>,
    ) -> impl Strategy<Value = Self> {
        let state = (0..STATES).prop_map(|index| OUTCOMES[index].0);
        vec(vec(state, reports), hosts).prop_map(Hosts)
    }

    /// Some hosts, the probe of one of which panics.
    pub(super) fn any_with_panics() -> impl Strategy<Value = Self> {
        let outcomes: Vec<Outcome> = OUTCOMES.iter().map(|(outcome, ..)| *outcome).collect();
        let others = vec(vec(select(outcomes), 1), 1..=3);
        others.prop_map(|others| Hosts([vec![vec![Outcome(None)]], others].concat()))
    }

    /// Those with one more host.
    pub(super) fn larger(&self) -> Vec<Self> {
        let states = OUTCOMES.iter().take(STATES);
        let with = |outcome| Hosts([&self.0[..], &[vec![outcome]]].concat());
        states.map(|(outcome, ..)| with(*outcome)).collect()
    }

    /// Those with one more report of the last host.
    pub(super) fn one_more_report(&self) -> Vec<Self> {
        let states = OUTCOMES.iter().take(STATES);
        let with = |outcome| {
            let mut hosts = self.0.clone();
            hosts.last_mut()?.push(outcome);
            Some(Hosts(hosts))
        };
        states.filter_map(|(outcome, ..)| with(*outcome)).collect()
    }

    /// How many hosts there are, and what is found out.
    pub(super) fn in_words(&self) -> String {
        let words = |outcomes: &Vec<Outcome>| {
            joined(
                outcomes.iter().map(|outcome| texts::of(outcome.told().1)),
                text!(" and then "),
            )
        };
        let hosts = counted(self.0.len(), "host");
        let outcomes = joined(self.0.iter().map(words), text!("; "));
        text!("{hosts}: {outcomes}", hosts, outcomes)
    }

    /// The hosts' names, `host-1` and so on, with what their probes come to.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = (String, Vec<Outcome>)> {
        let named =
            |(number, outcomes): (usize, Vec<Outcome>)| (format!("host-{number}"), outcomes);
        (1..).zip(self.0.clone()).map(named)
    }

    /// How many hosts there are.
    pub(super) fn number(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = |outcomes: &Vec<Outcome>| -> String {
            outcomes.iter().map(|outcome| outcome.told().0).collect()
        };
        f.write_str(&joined(self.0.iter().map(letters), "+"))
    }
}

impl FromStr for Hosts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let host = |letters: &str| -> Option<Vec<Outcome>> {
            let outcomes = letters.chars().map(Outcome::of);
            outcomes
                .collect::<Option<_>>()
                .filter(|all: &Vec<_>| !all.is_empty())
        };
        let hosts: Option<Vec<_>> = text.split('+').map(host).collect();
        let expected = text!("what the probes of each host find out (a, f, u or p)");
        hosts
            .map(Hosts)
            .ok_or_else(|| not_a_workload(text, expected, "af+u"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(
            hosts in prop_oneof![Hosts::any(1..=4, 1..=4), Hosts::any_with_panics()]
        ) {
            prop_assert_eq!(hosts.to_string().parse(), Ok(hosts));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "+", "a+", "x", "a f", "2"] {
            let error = text.parse::<Hosts>().unwrap_err();
            assert!(error.contains("such as `af+u`"), "{text}: {error}");
        }
    }

    #[test]
    fn hosts_are_told_one_by_one() {
        let hosts: Hosts = "af+p".parse().unwrap();
        assert_eq!(
            hosts.in_words(),
            "two hosts: alive and then failing; panicking"
        );
    }
}
