//! The katas: what each asks for, how it is checked, and what is known to be right and wrong.
//!
//! One folder is one kata: `brief.md` teaches, `mod.rs` has the contract and its checks,
//! `solution.rs` solves it, `alternatives.rs` solves it in other styles, `slips/` fails it in the
//! ways in which people fail it. The learner's file is the stub of that kata, under `katas/`.
//!
//! To add a kata, add such a folder, a line in [`all`], and the stub with its module in
//! [`stubs`](crate::stubs).

pub mod bounded_queue;
pub mod counter;
pub mod ping_pong;
pub mod relay;
pub mod sentinel;
pub mod stock;
pub mod workload;

use crate::diagnosis::Label;
use crate::explore::BackEnd;
use crate::explore::check::Check;

/// One exercise.
#[derive(Debug)]
pub struct Kata {
    /// Its place in the course.
    pub number: u8,
    /// What commands and test targets call it: `counter`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it is about, in one line.
    pub summary: &'static str,
    /// The text that teaches it, to be read in a terminal.
    pub brief: &'static str,
    /// Three hints: a nudge, the concept, and what is nearly the answer.
    pub hints: [&'static str; 3],
    /// Which of the hints, from 0, helps with what a failure is diagnosed as.
    pub hints_for: &'static [(Label, usize)],
    /// Which helps where no pattern is recognised, if one fits whatever may be wrong.
    pub hint_otherwise: Option<usize>,
    /// The name of the learner's file under `katas/`.
    pub stub: &'static str,
    /// That file as it comes with the course: `reset` puts it back.
    pub original: &'static str,
    /// The checks of the reference solution.
    pub solution: fn() -> Vec<Check>,
    /// Right solutions in other styles.
    pub alternatives: &'static [Solution],
    /// Wrong solutions.
    pub slips: &'static [Slip],
}

impl Kata {
    /// Which of the hints, from 0, fits a failure; none if the kata has none for its pattern.
    pub fn hint(&self, label: Option<Label>) -> Option<usize> {
        let Some(label) = label else {
            return self.hint_otherwise;
        };
        let mut listed = self.hints_for.iter();
        listed.find_map(|&(of, tier)| (of == label).then_some(tier))
    }
}

/// A right solution in a style of its own.
#[derive(Debug)]
pub struct Solution {
    /// The style as a name: `atomic_add`.
    pub name: &'static str,
    /// How it works, in one sentence.
    pub how: &'static str,
    /// The kata's checks, of this solution.
    pub checks: fn() -> Vec<Check>,
    /// The back ends under which it passes every check.
    pub back_ends: &'static [BackEnd],
}

/// A wrong solution that learners really write.
#[derive(Debug)]
pub struct Slip {
    /// The slip as a name: `no_lock`.
    pub name: &'static str,
    /// What its author thought, and what is wrong with it.
    pub story: &'static str,
    /// The kata's checks, of this slip.
    pub checks: fn() -> Vec<Check>,
    /// The first check, in the kata's order, that fails.
    pub caught_by: &'static str,
    /// The back ends under which that check fails.
    pub back_ends: &'static [BackEnd],
}

/// Every back end: for what is right, or wrong, however one looks at it.
pub const EVERY_BACK_END: &[BackEnd] =
    &[BackEnd::Generated, BackEnd::Exhaustive, BackEnd::Modelled];

/// The engine's: for what loom cannot see, such as a `try_lock` that fails.
pub const ENGINE_ONLY: &[BackEnd] = &[BackEnd::Generated, BackEnd::Exhaustive];

/// The one that knows weak memory: for what is wrong only there.
pub const LOOM_ONLY: &[BackEnd] = &[BackEnd::Modelled];

/// The katas, in the course's order.
pub fn all() -> &'static [Kata] {
    &[
        counter::KATA,
        ping_pong::KATA,
        bounded_queue::KATA,
        sentinel::KATA,
        stock::KATA,
        relay::KATA,
    ]
}

/// The kata of that name.
pub fn find(name: &str) -> Option<&'static Kata> {
    all().iter().find(|kata| kata.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{self, BACK_ENDS};
    use std::collections::HashSet;

    #[test]
    fn katas_are_found_by_name_and_numbered_in_order() {
        for (position, kata) in all().iter().enumerate() {
            assert_eq!(find(kata.name).unwrap().number, kata.number);
            assert_eq!(usize::from(kata.number), position + 1);
        }
        assert!(find("").is_none());
    }

    #[test]
    fn slips_name_a_check_that_there_is() {
        for kata in all() {
            let checks = (kata.solution)();
            for slip in kata.slips {
                let is_caught = checks.iter().any(|check| check.name == slip.caught_by);
                assert!(is_caught && !slip.back_ends.is_empty(), "{}", slip.name);
            }
        }
    }

    #[test]
    fn every_check_refuses_a_slip_and_has_workloads_for_every_back_end() {
        for kata in all() {
            for check in (kata.solution)() {
                let name = check.name;
                let is_first = kata.slips.iter().any(|slip| slip.caught_by == name);
                let fails = |slip: &Slip| {
                    let check = (slip.checks)().into_iter().find(|check| check.name == name);
                    let verdict = check.map(|check| sync::explore(&check, BACK_ENDS[0]));
                    verdict.is_some_and(|verdict| verdict.failure().is_some())
                };
                assert!(is_first || kata.slips.iter().any(fails), "{name}");
                assert!(
                    !check.exhaustive.is_empty() && !check.modelled.is_empty(),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn names_are_unique() {
        for kata in all() {
            let checks = (kata.solution)();
            let solutions = kata.alternatives.iter().map(|solution| solution.name);
            let slips = kata.slips.iter().map(|slip| slip.name);
            let names = checks.iter().map(|check| check.name);
            let mut seen = HashSet::new();
            for name in names.chain(solutions).chain(slips) {
                assert!(seen.insert(name), "{name} twice");
            }
        }
    }

    #[test]
    fn briefs_fit_a_terminal() {
        for kata in all() {
            assert!(kata.brief.lines().count() <= 100, "{}", kata.name);
            let longest = kata.brief.lines().map(|line| line.chars().count()).max();
            assert!(
                longest.is_some_and(|columns| columns <= 90),
                "{}",
                kata.name
            );
        }
    }
}
