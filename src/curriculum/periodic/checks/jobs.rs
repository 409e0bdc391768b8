//! Which jobs there are: how often each of them is to run.

use crate::curriculum::periodic::contract::Time;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{joined, list, not_a_workload, pair};
use crate::{noun, text};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `3+1` is a job every three seconds, and one every second. They are numbered in this order, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Jobs(Vec<u16>);

impl Jobs {
    /// Few jobs, each every few seconds.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        vec(1..=3_u16, 1..=3).prop_map(Jobs)
    }

    /// Those with one more job, every second, or a second more rarely than the last one.
    pub(super) fn larger(&self) -> Vec<Self> {
        let last = self.0.last().copied().unwrap_or_default();
        let mut more = vec![1, last.saturating_add(1)];
        more.dedup();
        let with = |seconds| Jobs([&self.0[..], &[seconds]].concat());
        more.into_iter().map(with).collect()
    }

    /// The jobs: the number of each, and every how many seconds it is to run.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, Time)> + '_ {
        (1..).zip(self.0.iter().copied().map(Time::from))
    }

    /// How many there are.
    pub(super) fn number(&self) -> u64 {
        self.0.len() as u64
    }

    /// The longest of the times between two runs.
    pub(super) fn longest(&self) -> Time {
        self.each().map(|(_, every)| every).max().unwrap_or(1)
    }

    /// The shortest of them.
    pub(super) fn shortest(&self) -> Time {
        self.each().map(|(_, every)| every).min().unwrap_or(1)
    }

    /// The numbers of the jobs in the order of their first times.
    pub(super) fn order(&self) -> Vec<u64> {
        let mut jobs: Vec<(u64, Time)> = self.each().collect();
        jobs.sort_by_key(|&(number, every)| (every, number));
        jobs.into_iter().map(|(number, _)| number).collect()
    }

    /// The jobs, in words.
    pub(super) fn in_words(&self) -> String {
        text!(
            "{jobs}, each after so long: {times}",
            jobs = counted(self.number(), noun!("job")),
            times = joined(self.0.iter().map(|every| format!("{every}s")), ", ")
        )
    }
}

impl fmt::Display for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.0, "+"))
    }
}

impl FromStr for Jobs {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let jobs = list(text, '+').filter(|jobs| !jobs.contains(&0));
        let expected = text!("after how many seconds each job runs again");
        jobs.map(Jobs)
            .ok_or_else(|| not_a_workload(text, expected, "3+1"))
    }
}

/// `2/3+1` are such jobs, of which the second one is chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Chosen {
    number: u16,
    pub(super) jobs: Jobs,
}

impl Chosen {
    /// One of few jobs.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        Jobs::any().prop_flat_map(|jobs| {
            let number = 1..=jobs.number() as u16;
            number.prop_map(move |number| Chosen {
                number,
                jobs: jobs.clone(),
            })
        })
    }

    /// Those with one more job.
    pub(super) fn larger(&self) -> Vec<Self> {
        let number = self.number;
        let jobs = self.jobs.larger().into_iter();
        jobs.map(|jobs| Chosen { number, jobs }).collect()
    }

    /// The number of the one that is chosen.
    pub(super) fn number(&self) -> u64 {
        u64::from(self.number).clamp(1, self.jobs.number())
    }

    /// The jobs, in words, and which of them is cancelled.
    pub(super) fn in_words(&self) -> String {
        text!(
            "{jobs}; number {number} is cancelled",
            jobs = self.jobs.in_words(),
            number = crate::curriculum::words::number(self.number())
        )
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.jobs)
    }
}

impl FromStr for Chosen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let chosen = pair(text, "/").map(|(number, jobs)| Chosen { number, jobs });
        let expected = text!("the number of a job, and after how many seconds each runs again");
        chosen.ok_or_else(|| not_a_workload(text, expected, "2/3+1"))
    }
}

/// `3/7` is a job every three seconds, and seven seconds in which it is not looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Late {
    every: u16,
    passed: u16,
}

impl Late {
    /// Few seconds.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        (1..=3_u16, 0..=7_u16).prop_map(|(every, passed)| Late { every, passed })
    }

    /// A second longer.
    pub(super) fn larger(&self) -> Vec<Self> {
        let every = self.every.checked_add(1);
        let passed = self.passed.checked_add(1);
        let rarer = every.map(|every| Late { every, ..*self });
        let longer = passed.map(|passed| Late { passed, ..*self });
        longer.into_iter().chain(rarer).collect()
    }

    /// Every how many seconds the job is to run.
    pub(super) fn every(self) -> Time {
        self.every.into()
    }

    /// How many seconds pass.
    pub(super) fn passed(self) -> Time {
        self.passed.into()
    }

    /// The job, in words, if somebody looks for it so late.
    pub(super) fn looked_at_in_words(&self) -> String {
        text!(
            "a job every {every}, and {passed} until somebody looks",
            every = format!("{}s", self.every),
            passed = format!("{}s", self.passed)
        )
    }

    /// The job, in words, if it takes so long.
    pub(super) fn running_in_words(&self) -> String {
        text!(
            "a job every {every}, which takes {passed}",
            every = format!("{}s", self.every),
            passed = format!("{}s", self.passed)
        )
    }
}

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.every, self.passed)
    }
}

impl FromStr for Late {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let late = pair(text, "/").map(|(every, passed)| Late { every, passed });
        let expected = text!("after how many seconds a job runs again, and how many pass");
        late.filter(|late| late.every > 0)
            .ok_or_else(|| not_a_workload(text, expected, "3/7"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn jobs_survive_their_text_form(jobs in Jobs::any()) {
            prop_assert_eq!(jobs.to_string().parse(), Ok(jobs));
        }

        #[test]
        fn a_chosen_job_survives_its_text_form(chosen in Chosen::any()) {
            prop_assert_eq!(chosen.to_string().parse(), Ok(chosen));
        }

        #[test]
        fn a_late_job_survives_its_text_form(late in Late::any()) {
            prop_assert_eq!(late.to_string().parse(), Ok(late));
        }
    }

    #[test]
    fn what_are_no_jobs_is_refused_with_what_was_expected() {
        for text in ["", "0", "1+", "+", "1+0", "-1", "65536", "one"] {
            let error = text.parse::<Jobs>().unwrap_err();
            assert!(error.contains("such as `3+1`"), "{text}: {error}");
            let error = format!("1/{text}").parse::<Chosen>().unwrap_err();
            assert!(error.contains("such as `2/3+1`"), "{text}: {error}");
        }
        for text in ["", "1", "1/", "/1", "0/1", "-1/1", "1/65536"] {
            let error = text.parse::<Late>().unwrap_err();
            assert!(error.contains("such as `3/7`"), "{text}: {error}");
        }
    }

    #[test]
    fn jobs_run_by_time_and_then_by_number() {
        for (jobs, order) in [
            ("2+1", [2, 1].as_slice()),
            ("1+1", &[1, 2]),
            ("3+1+2+1", &[2, 4, 3, 1]),
        ] {
            assert_eq!(jobs.parse::<Jobs>().unwrap().order(), order, "{jobs}");
        }
    }
}
