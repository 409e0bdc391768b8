//! The katas: what each asks for, how it is checked, and what is known to be right and wrong.
//!
//! A kata is one folder and one line of the list below. In its folder
//!
//! - `brief.md` teaches; in front of it stand title, summary, hints, and what the kata builds on;
//!   `brief.fr.md` is the same in French;
//! - `contract.rs` says what a solution promises, and `checks.rs` checks it;
//! - `promises.md` says of each sentence of the contract which checks hold solutions to it;
//! - `solution.rs` solves it, `alternatives/` solve it in other styles, a file each;
//! - `slips/` fail it in the ways in which people fail it, a file each;
//! - `stub.rs` is the learner's file as it comes: the one under `katas/` begins as its copy.
//!
//! `cargo kata dev new NAME --after OTHER` makes such a folder, and `cargo kata dev check NAME` says
//! what is still missing in it.

#[macro_use]
mod slip;
#[macro_use]
mod solution;
mod back_ends;
mod brief;
mod by_hand;
mod head;
mod letters;
mod promises;
pub mod seen;
mod signs;
mod users;
pub mod words;
pub mod workload;

pub use back_ends::{ENGINE_ONLY, EVERY_BACK_END, LOOM_ONLY};
pub use brief::{Brief, Briefs, Hint, brief_file};
pub use promises::findings as promises_findings;
pub use slip::{Sighting, Slip};
pub use solution::Solution;

use crate::diagnosis::Label;
use crate::explore::check::Check;
use crate::texts;
use crate::timeline;
use std::sync::LazyLock;

/// The katas, in the course's order, each with its contract. All else is derived from this list: the
/// modules, [`all`], and what learners' files see of them.
macro_rules! katas {
    ($derive:ident) => {
        $derive! {
            counter: Counter,
            latch: Latch,
            ping_pong: PingPong,
            workers: Workers,
            report: Report,
            scan: Scan,
            background: Clock,
            dialogue: Dialogue,
            semaphore: Semaphore,
            bounded_queue: BoundedQueue<Item>,
            sentinel: Pipeline,
            stock: Stock,
            echo: EchoServer,
            duplex: Duplex,
            scheduler: Scheduler,
            relay: Relay,
            block_on: BlockOn,
            executor: Executor,
            gather: Gather,
            task_result: TaskResult<Value>,
            timeout: Timeout,
            async_lock: AsyncLock,
            async_semaphore: AsyncSemaphore,
            periodic: Periodic,
        }
    };
}
pub(crate) use katas;

/// A module for each kata's folder, and the list of what is in them.
macro_rules! modules {
    ($($name:ident: $contract:path),+ $(,)?) => {
        $(
            #[doc = concat!("The kata `", stringify!($name), "`.")]
            pub mod $name {
                pub mod alternatives;
                mod checks;
                pub(crate) mod contract;
                pub mod slips;
                pub mod solution;

                pub use checks::checks;
                pub use contract::*;

                pub(super) fn kata(number: u8) -> super::Kata {
                    let briefs = super::Briefs {
                        english: super::Brief::parse(include_str!(concat!(
                            stringify!($name),
                            "/brief.md"
                        ))),
                        french: super::Brief::parse(include_str!(concat!(
                            stringify!($name),
                            "/brief.fr.md"
                        ))),
                    };
                    super::Kata {
                        number,
                        name: stringify!($name),
                        briefs,
                        stub: concat!(stringify!($name), ".rs"),
                        original: include_str!(concat!(stringify!($name), "/stub.rs")),
                        contract: stringify!($contract),
                        contract_source: include_str!(concat!(stringify!($name), "/contract.rs")),
                        promises: include_str!(concat!(stringify!($name), "/promises.md")),
                        solution: checks::<solution::Solution>,
                        alternatives: alternatives::ALL,
                        slips: slips::ALL,
                    }
                }
            }
        )+

        static ALL: LazyLock<Vec<Kata>> = LazyLock::new(|| {
            let katas: &[fn(u8) -> Kata] = &[$($name::kata),+];
            (1..).zip(katas).map(|(number, kata)| kata(number)).collect()
        });
    };
}
katas!(modules);

/// One exercise.
#[derive(Debug)]
pub struct Kata {
    /// Its place in the course, from 1.
    pub number: u8,
    /// What commands and test targets call it: `counter`.
    pub name: &'static str,
    /// What teaches it, in each language.
    pub briefs: Briefs,
    /// The name of the learner's file under `katas/`.
    pub stub: &'static str,
    /// That file as it comes with the course: `reset` puts it back.
    pub original: &'static str,
    /// The trait that says what a solution promises: `BoundedQueue<Item>`.
    pub contract: &'static str,
    /// The file in which it stands.
    pub contract_source: &'static str,
    /// What holds solutions to each sentence of it, a row each.
    pub promises: &'static str,
    /// The checks of the reference solution.
    pub solution: fn() -> Vec<Check>,
    /// Right solutions in other styles.
    pub alternatives: &'static [Solution],
    /// Wrong solutions.
    pub slips: &'static [Slip],
}

impl Kata {
    fn told(&self) -> &Brief {
        self.briefs.of(texts::language())
    }

    /// What people call it, in the language that is spoken.
    pub fn title(&self) -> &str {
        &self.told().title
    }

    /// What it is about, in one line, in the language that is spoken.
    pub fn summary(&self) -> &str {
        &self.told().summary
    }

    /// The text that teaches it, to be read in a terminal, in the language that is spoken.
    pub fn brief(&self) -> String {
        self.told().titled(self.number)
    }

    /// Three hints, in the language that is spoken: a nudge, the concept, and what is nearly the answer.
    pub fn hints(&self) -> &[Hint] {
        &self.told().hints
    }

    /// The katas that it builds on: "`counter` and `latch`". Nothing, if it builds on none.
    pub fn builds_on(&self) -> String {
        brief::named(&self.told().builds_on)
    }

    /// Which of the hints, from 0, fits a failure of this pattern, or of none that is recognised;
    /// none if the kata has no hint for it.
    pub fn hint(&self, pattern: Option<Label>) -> Option<usize> {
        self.hints().iter().position(|hint| hint.is_for(pattern))
    }
}

/// The most lines of a brief, which is read page by page.
pub const BRIEF_LINES: usize = 150;

/// The most columns of a brief's code and drawings, which are shown as they stand: it is read in a
/// terminal. All else is broken where the terminal ends.
pub const BRIEF_COLUMNS: usize = 80;

/// How many columns a brief's code and drawings take.
pub fn brief_columns(brief: &str) -> usize {
    let fenced = brief.split("```").skip(1).step_by(2);
    let widths = fenced.flat_map(str::lines).map(timeline::width);
    widths.max().unwrap_or(0)
}

/// The katas, in the course's order.
pub fn all() -> &'static [Kata] {
    &ALL
}

/// The kata of that name.
pub fn find(name: &str) -> Option<&'static Kata> {
    all().iter().find(|kata| kata.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::check::Workload;
    use crate::texts::Language;
    use std::collections::HashMap;

    #[test]
    fn katas_are_found_by_name_and_numbered_in_order() {
        for (position, kata) in all().iter().enumerate() {
            assert_eq!(find(kata.name).unwrap().number, kata.number);
            assert_eq!(usize::from(kata.number), position + 1);
        }
        assert!(find("").is_none());
    }

    #[test]
    fn every_listed_workload_is_told_in_words_of_its_own() {
        for kata in all() {
            for check in (kata.solution)() {
                let mut told = HashMap::new();
                for workload in check.exhaustive.iter().chain(&check.loom) {
                    let Workload {
                        label, in_words, ..
                    } = workload;
                    let same = told.insert(in_words.clone(), label.clone());
                    assert!(
                        same.is_none_or(|same| same == *label),
                        "{label}: {in_words}"
                    );
                    let mut words = in_words.split_whitespace().peekable();
                    assert!(words.peek().is_some(), "{}: {label}", check.name);
                    assert!(!words.any(is_short_form), "{label}: {in_words}");
                }
            }
        }
    }

    #[test]
    fn every_check_promises_in_every_language() {
        let others = Language::ALL.iter().copied();
        for language in others.filter(|language| *language != Language::English) {
            let english = all().iter().flat_map(|kata| (kata.solution)());
            for check in english {
                let promise = texts::speaking(language, || texts::of(check.promise));
                assert!(promise != check.promise, "{language}: {}", check.name);
            }
        }
    }

    /// True of `1+1` and `2`, which is to be "two".
    fn is_short_form(word: &str) -> bool {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let is_small = word.parse().is_ok_and(|number: u64| number <= 12);
        is_small || word.contains(['+', '/']) || word == "workload"
    }

    /// The katas with what a test is about, in every language.
    fn told<T>(what: impl Fn(&'static Kata) -> T) -> Vec<(String, &'static Kata, T)> {
        let in_language = |language: Language, kata: &'static Kata| {
            let name = format!("{}, {language}", kata.name);
            (name, kata, texts::speaking(language, || what(kata)))
        };
        let katas = |&language| all().iter().map(move |kata| in_language(language, kata));
        Language::ALL.iter().flat_map(katas).collect()
    }

    #[test]
    fn briefs_fit_a_terminal() {
        for (name, _, brief) in told(Kata::brief) {
            let lines = brief.lines().count();
            assert!(lines <= BRIEF_LINES, "{name}: {lines} lines");
            assert!(brief_columns(&brief) <= BRIEF_COLUMNS, "{name}");
        }
    }

    #[test]
    fn each_kata_but_the_first_builds_on_others_that_come_before_it() {
        for (called, kata, builds_on) in told(|kata| &kata.told().builds_on) {
            assert_eq!(builds_on.is_empty(), kata.number == 1, "{called}");
            for name in builds_on {
                let before = find(name).map(|other| other.number);
                assert!(
                    before < Some(kata.number) && before.is_some(),
                    "{called}: {name}"
                );
            }
        }
    }

    #[test]
    fn hints_are_for_patterns_that_there_are() {
        let patterns = Label::ALL.iter().copied().map(Some).chain([None]);
        let names: Vec<String> = patterns.map(brief::pattern_name).collect();
        for (called, _, hints) in told(Kata::hints) {
            assert_eq!(hints.len(), 3, "{called}");
            for pattern in hints.iter().flat_map(|hint| &hint.patterns) {
                let is_known = names.contains(pattern);
                assert!(is_known, "{called}: there is no pattern `{pattern}`");
            }
        }
    }
}
