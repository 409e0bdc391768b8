//! Workloads: what the probe of each host finds out.

use crate::curriculum::scan::contract::State;
use crate::curriculum::words::counted;
use crate::curriculum::workload::not_a_workload;
use crate::texts::{self, list};
use crate::{text, told_later};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use std::str::FromStr;

/// The states, each with its letter and its word.
const STATES: [(State, char, &str); 3] = [
    (State::Alive, 'a', told_later!("alive")),
    (State::Failing, 'f', told_later!("failing")),
    (State::Unknown, 'u', told_later!("unknown")),
];

/// `af` is two hosts, of which the first one is alive, and the second one is failing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hosts(pub(super) Vec<State>);

impl Hosts {
    /// Some hosts.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        let states: Vec<State> = STATES.iter().map(|(state, ..)| *state).collect();
        vec(select(states), 1..=5).prop_map(Hosts)
    }

    /// Those with one more host.
    pub(super) fn larger(&self) -> Vec<Self> {
        let with = |state| Hosts([&self.0[..], &[state]].concat());
        STATES.iter().map(|(state, ..)| with(*state)).collect()
    }

    /// How many hosts there are, and what is found out.
    pub(super) fn in_words(&self) -> String {
        let words = self
            .0
            .iter()
            .map(|state| texts::of(told(*state).1).to_owned());
        text!(
            "{hosts}: {outcomes}",
            hosts = counted(self.0.len(), "host"),
            outcomes = list(&words.collect::<Vec<_>>())
        )
    }

    /// Their names, which are not in the order of the alphabet.
    pub(super) fn names(&self) -> Vec<String> {
        let numbers = (1..=self.0.len()).rev();
        numbers.map(|number| format!("host-{number}")).collect()
    }
}

/// The letter of a state, and its word.
fn told(state: State) -> (char, &'static str) {
    let told = STATES.iter().find(|(other, ..)| *other == state);
    let (_, letter, word) = told.expect("one of them");
    (*letter, word)
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = self.0.iter().map(|state| told(*state).0).collect();
        f.write_str(&letters)
    }
}

impl FromStr for Hosts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let state = |letter| {
            let state = STATES.iter().find(|(_, other, _)| *other == letter);
            state.map(|(state, ..)| *state)
        };
        let states: Option<Vec<State>> = text.chars().map(state).collect();
        let hosts = states.filter(|states| !states.is_empty()).map(Hosts);
        let expected = text!("what the probe of each host finds out (a, f or u)");
        hosts.ok_or_else(|| not_a_workload(text, expected, "afu"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(hosts in Hosts::any()) {
            prop_assert_eq!(hosts.to_string().parse(), Ok(hosts));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "x", "a f", "2", "a+f"] {
            let error = text.parse::<Hosts>().unwrap_err();
            assert!(error.contains("such as `afu`"), "{text}: {error}");
        }
    }
}
