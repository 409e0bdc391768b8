//! Who waits, and whether it stays.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{joined, list, not_a_workload};
use crate::{noun, text, texts};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// What becomes of one who waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// It gets the lock.
    Stays,
    /// It is dropped before its turn.
    LeavesEarly,
    /// It is dropped when its turn has come.
    LeavesLate,
}

impl Fate {
    const ALL: [Fate; 3] = [Fate::Stays, Fate::LeavesEarly, Fate::LeavesLate];

    fn letter(self) -> &'static str {
        match self {
            Fate::Stays => "s",
            Fate::LeavesEarly => "e",
            Fate::LeavesLate => "l",
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Fate::Stays => text!("one who stays"),
            Fate::LeavesEarly => text!("one who leaves before its turn"),
            Fate::LeavesLate => text!("one who leaves at its turn"),
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}

impl FromStr for Fate {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let fate = Fate::ALL.into_iter().find(|fate| fate.letter() == text);
        fate.ok_or(())
    }
}

/// `l+s` is a queue of two: one leaves at its turn, and then comes one who stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fates(pub(super) Vec<Fate>);

impl Fates {
    pub(super) fn any() -> impl Strategy<Value = Self> {
        vec(proptest::sample::select(&Fate::ALL[..]), 1..=4).prop_map(Fates)
    }

    /// Those with one more at the end.
    pub(super) fn larger(&self) -> Vec<Self> {
        let with = |fate| Fates([&self.0[..], &[fate]].concat());
        Fate::ALL.map(with).to_vec()
    }

    pub(super) fn in_words(&self) -> String {
        let waiters = counted(self.0.len(), noun!("waiting future"));
        let fates: Vec<String> = self
            .0
            .iter()
            .map(|fate| fate.in_words().to_owned())
            .collect();
        text!(
            "a holder and {waiters}: {fates}",
            waiters,
            fates = texts::list(&fates)
        )
    }
}

impl fmt::Display for Fates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.0, "+"))
    }
}

impl FromStr for Fates {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fates = list(text, '+').map(Fates);
        fates.ok_or_else(|| {
            not_a_workload(text, text!("what becomes of each waiting future"), "l+s")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn fates_survive_their_text_form(fates in Fates::any()) {
            prop_assert_eq!(fates.to_string().parse(), Ok(fates));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "2", "s+", "s+x", "S"] {
            let error = text.parse::<Fates>().unwrap_err();
            assert!(error.contains("such as `l+s`"), "{text}: {error}");
        }
    }
}
