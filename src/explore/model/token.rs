//! The text form of a failing execution: `kata:check:workload:schedule`.

use crate::explore::model::budget::Limits;
use crate::text;
use std::fmt;
use std::str::FromStr;

/// The choices that make one execution.
///
/// At each choice point 0 is the plain choice, to go on with the current task; past the end of
/// the list every choice is 0. Every list is therefore a valid schedule.
///
/// Written as `STEP-CHOICE` for each choice that is not 0, joined by dots, or `straight`:
/// `[0, 0, 1, 0, 2]` is `2-1.4-2`. In front of that stands `looks-3.` if loops go round as often as
/// three times before they wait for a change.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Schedule {
    choices: Vec<u16>,
    looks: Option<u8>,
}

impl Schedule {
    /// The schedule that makes these choices; zeros at the end are dropped.
    pub fn new(mut choices: Vec<u16>) -> Self {
        let used = choices
            .iter()
            .rposition(|&c| c != 0)
            .map_or(0, |last| last + 1);
        choices.truncate(used);
        Schedule {
            choices,
            looks: None,
        }
    }

    /// The same choices, of an execution in which loops may look so often and see the same, if that
    /// is not as usual.
    pub(crate) fn looking(self, looks: u8) -> Self {
        let usual = Limits::default().looks;
        let looks = Some(looks).filter(|looks| *looks != usual);
        Schedule { looks, ..self }
    }

    /// How often loops may look and see the same, if that is not as usual.
    pub(crate) fn looks(&self) -> Option<u8> {
        self.looks
    }

    /// The same without the last choice that is not plain, if there is one.
    pub(crate) fn straightened(&self) -> Option<Self> {
        let (_, before) = self.choices.split_last()?;
        let Schedule { looks, .. } = *self;
        let schedule = Schedule::new(before.to_vec());
        Some(Schedule { looks, ..schedule })
    }

    /// The choice at the given choice point.
    pub fn choice(&self, point: usize) -> u16 {
        self.choices.get(point).copied().unwrap_or(0)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(looks) = self.looks {
            write!(f, "{LOOKS}{looks}.")?;
        }
        if self.choices.is_empty() {
            return f.write_str("straight");
        }
        let mut separator = "";
        for (step, choice) in self
            .choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| **choice != 0)
        {
            write!(f, "{separator}{step}-{choice}")?;
            separator = ".";
        }
        Ok(())
    }
}

/// Stands before the number of looks.
const LOOKS: &str = "looks-";

/// The longest schedule that a token may hold: far above the bound on an execution's steps.
const MAX_POINTS: usize = 1_000_000;

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let looks = text.strip_prefix(LOOKS).and_then(|rest| {
            let (looks, rest) = rest.split_once('.')?;
            Some((looks.parse().ok()?, rest))
        });
        if let Some((looks, rest)) = looks {
            let schedule = rest.parse::<Schedule>()?;
            return Ok(schedule.looking(looks));
        }
        if text == "straight" {
            return Ok(Schedule::default());
        }
        let mut choices = Vec::new();
        for part in text.split('.') {
            let (step, choice) = part
                .split_once('-')
                .and_then(|(step, choice)| Some((step.parse().ok()?, choice.parse().ok()?)))
                .filter(|&(step, choice): &(usize, u16)| {
                    (choices.len()..MAX_POINTS).contains(&step) && choice > 0
                })
                .ok_or_else(|| {
                    text!(
                        "`{part}` is not a step of a schedule; expected `straight`, or STEP-CHOICE \
                         pairs with rising steps, such as `2-1.5-1`",
                        part
                    )
                })?;
            choices.resize(step, 0);
            choices.push(choice);
        }
        Ok(Schedule::new(choices))
    }
}

/// Names one execution of one check, so that it can be run again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// The kata.
    pub kata: String,
    /// The check.
    pub check: String,
    /// The workload, as the check writes it.
    pub workload: String,
    /// The choices.
    pub schedule: Schedule,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Token {
            kata,
            check,
            workload,
            schedule,
        } = self;
        write!(f, "{kata}:{check}:{workload}:{schedule}")
    }
}

impl FromStr for Token {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(':').collect();
        let [kata, check, workload, schedule] = parts[..] else {
            return Err(text!(
                "`{text}` is not a token; expected KATA:CHECK:WORKLOAD:SCHEDULE, such as \
                 `counter:no_update_is_lost:1+1:1-1`, as a failed check prints it",
                text
            ));
        };
        Ok(Token {
            kata: kata.to_owned(),
            check: check.to_owned(),
            workload: workload.to_owned(),
            schedule: schedule.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_schedule_survives_its_text_form(
            choices in prop::collection::vec(0u16..5, 0..60),
            looks in 1u8..5,
        ) {
            let schedule = Schedule::new(choices).looking(looks);
            prop_assert_eq!(schedule.to_string().parse(), Ok(schedule));
        }
    }

    #[test]
    fn a_schedule_is_straightened_from_its_end() {
        let schedule = Schedule::new(vec![0, 1, 0, 2, 0]).looking(3);
        let once = schedule.straightened().expect("it is not straight");
        assert_eq!(once.to_string(), "looks-3.1-1");
        let twice = once.straightened().expect("it is not straight");
        assert_eq!(twice.to_string(), "looks-3.straight");
        assert_eq!(twice.straightened(), None);
    }

    #[test]
    fn what_is_no_token_is_refused_with_what_was_expected() {
        for text in [
            "",
            "counter",
            "a:b:c",
            "a:b:c:1-0",
            "a:b:c:2-1.1-1",
            "a:b:c:x",
            "a:b:c:looks-3",
            "a:b:c:looks-x.straight",
            "a:b:c:9999999-1",
        ] {
            let error = text.parse::<Token>().unwrap_err();
            assert!(error.contains("expected"), "{text}: {error}");
        }
    }
}
