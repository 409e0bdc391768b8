//! How many threads run an executor, and what.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `2/1+1` is two runners, and two tasks that await once each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Crew {
    /// How many threads are in `run`.
    pub(super) runners: u16,
    /// How often each task awaits.
    pub(super) tasks: PerThread,
}

impl Crew {
    /// Few runners, and one or two tasks.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        let tasks = PerThread::any(1..=2, 0..=2);
        (1..=3_u16, tasks).prop_map(|(runners, tasks)| Crew { runners, tasks })
    }

    /// Those with one await more, and that with one runner more.
    pub(super) fn larger(&self) -> Vec<Self> {
        let with = |tasks| Crew { tasks, ..*self };
        let more = self.runners.checked_add(1);
        let more = more.map(|runners| Crew {
            runners,
            tasks: self.tasks.clone(),
        });
        let larger = self.tasks.larger().into_iter().map(with);
        larger.chain(more).collect()
    }

    /// Who runs, and what.
    pub(super) fn in_words(&self) -> String {
        let runners = counted(self.runners, noun!("runner"));
        let tasks = self.tasks.in_words(noun!("task"), noun!("await"));
        [runners, tasks].join(text!("; "))
    }

    /// The runners' names.
    pub(super) fn runners(&self) -> impl Iterator<Item = String> + use<> {
        (1..=self.runners).map(|number| format!("runner-{number}"))
    }
}

impl fmt::Display for Crew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.runners, self.tasks)
    }
}

impl FromStr for Crew {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let crew = pair(text, "/").map(|(runners, tasks)| Crew { runners, tasks });
        let expected = text!("how many runners there are, and how often each task awaits");
        crew.filter(|crew| crew.runners > 0)
            .ok_or_else(|| not_a_workload(text, expected, "2/1+1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(crew in Crew::any()) {
            prop_assert_eq!(crew.to_string().parse(), Ok(crew));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "1", "1/", "/1", "0/1", "-1/1", "65536/1", "one/two"] {
            let error = text.parse::<Crew>().unwrap_err();
            assert!(error.contains("such as `2/1+1`"), "{text}: {error}");
        }
    }
}
