//! What the course remembers of a learner's file: what its last check came to, and with which
//! content it has passed.
//!
//! A file a kata, `.kata/NAME.json`, written in one piece: a crash loses nothing. It holds the
//! content's hash, so that what is said of a file is said of what stands in it, and the checks'
//! hash, so that an update of the course shows. What `cargo test` has found since counts as well.

use super::checked::Checked;
use super::course::{Course, LearnerFile, replace};
use kata::curriculum::Kata;
use kata::harness::{self, Passed, Tested, hash};
use kata::results::{KataResult, Status, standing};
use kata::text;
use serde::{Deserialize, Serialize};
use std::{fmt, fs, io};

/// What is remembered of a file.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
struct Memory {
    /// The hash of the content that was checked last.
    #[serde(default)]
    content: String,
    /// With what it passed last.
    solved: Option<Solved>,
    /// How many hints have been given.
    #[serde(default)]
    hints: usize,
    /// What the last check came to; nothing if an older course has written it in another form.
    #[serde(flatten)]
    last: Option<KataResult>,
}

/// The hashes of a content that passed, and of the checks that it passed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Solved {
    content: String,
    checks: String,
    loom: bool,
}

/// How far a learner has come with a kata.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// The file is as it came.
    New,
    /// It has never passed, and is not as it was when last checked.
    Begun,
    /// It does not pass now, as the last check has found: why, and whether it has passed before.
    Fails { why: String, passed_before: bool },
    /// It passes; true if under loom, too.
    Passes { loom: bool },
    /// It has passed, but checks have changed since.
    PassedOldChecks,
    /// It has passed, and has been changed since.
    PassedBefore,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Progress::New => f.write_str(text!("not begun")),
            Progress::Begun => f.write_str(text!("begun")),
            Progress::Fails { why, .. } => f.write_str(why),
            Progress::Passes { loom: false } => f.write_str(text!("passes")),
            Progress::Passes { loom: true } => f.write_str(text!("passes, with loom")),
            Progress::PassedOldChecks => f.write_str(text!("passed older checks")),
            Progress::PassedBefore => f.write_str(text!("has passed, changed since")),
        }
    }
}

impl Progress {
    /// True if the learner has solved the kata, whatever became of the file.
    pub fn has_passed(&self) -> bool {
        match self {
            Progress::New | Progress::Begun => false,
            Progress::Fails { passed_before, .. } => *passed_before,
            Progress::Passes { .. } | Progress::PassedOldChecks | Progress::PassedBefore => true,
        }
    }
}

/// How far the learner has come.
pub fn of(course: &Course, kata: &'static Kata) -> Progress {
    let memory = recall(course, kata);
    let source = course.source(kata).unwrap_or_default();
    judge(&memory, &source, kata)
}

fn judge(memory: &Memory, source: &str, kata: &'static Kata) -> Progress {
    let now = hash(source);
    let Memory {
        content,
        solved,
        last,
        ..
    } = memory;
    let fails = |last: &KataResult| Progress::Fails {
        why: standing(last.status, &last.checks),
        passed_before: solved.is_some(),
    };
    let last = last.as_ref().filter(|_| *content == now);
    match (solved, last) {
        (None, _) if source == kata.original => Progress::New,
        (_, Some(last)) if last.status != Status::Passed => fails(last),
        (Some(solved), _) if solved.content != now => Progress::PassedBefore,
        (Some(solved), _) if solved.checks != hash_of_checks(kata) => Progress::PassedOldChecks,
        (Some(solved), _) => Progress::Passes { loom: solved.loom },
        (None, _) => Progress::Begun,
    }
}

/// The hint after those that have been given, from 1 to 3; that it is given is remembered.
pub fn next_hint(course: &Course, kata: &'static Kata) -> io::Result<usize> {
    let memory = recall(course, kata);
    let hints = (memory.hints + 1).min(kata.hints().len());
    write(course, kata, &Memory { hints, ..memory })?;
    Ok(hints)
}

/// How many hints have been given.
pub fn hints(course: &Course, kata: &'static Kata) -> usize {
    recall(course, kata).hints.min(kata.hints().len())
}

/// The results of the last check, if the file is still what was checked.
pub fn last_results(course: &Course, kata: &'static Kata) -> Option<KataResult> {
    let memory = recall(course, kata);
    let source = course.source(kata).ok()?;
    memory.last.filter(|_| memory.content == hash(&source))
}

/// Remembers what checking the file came to.
pub fn note(course: &Course, checked: &Checked, loom: bool) -> io::Result<()> {
    let Memory { solved, hints, .. } = recall(course, checked.kata);
    // While it was checked it may have been changed: then nothing is known of what it is now.
    let source = &checked.file.source;
    if course.source(checked.kata).unwrap_or_default() != *source {
        return Ok(());
    }
    let content = hash(source);
    let checks = hash_of_checks(checked.kata);
    let is_same = |solved: &Solved| solved.content == content && solved.checks == checks;
    let was_loom = solved
        .as_ref()
        .is_some_and(|solved| is_same(solved) && solved.loom);
    let memory = Memory {
        solved: match checked.status {
            Status::Passed => Some(Solved {
                content: content.clone(),
                checks,
                loom: loom || was_loom,
            }),
            // With the same content it does not pass after all: under loom, or by newer checks.
            _ => solved.filter(|solved| solved.content != content),
        },
        content,
        hints,
        last: Some(checked.result()),
    };
    write(course, checked.kata, &memory)
}

fn write(course: &Course, kata: &'static Kata, memory: &Memory) -> io::Result<()> {
    let text = serde_json::to_string_pretty(memory)?;
    replace(&path(course, kata), &format!("{text}\n"))
}

fn recall(course: &Course, kata: &'static Kata) -> Memory {
    let path = path(course, kata);
    let text = fs::read_to_string(&path).unwrap_or_default();
    // What cannot be read is not known, and the next check writes it anew.
    let memory = serde_json::from_str(&text).unwrap_or_default();
    let when = fs::metadata(&path).and_then(|found| found.modified()).ok();
    match Tested::read(&course.memory(), kata) {
        Some((tested, at)) if when.is_none_or(|when| when < at) => {
            tested_since(memory, tested, course, kata)
        }
        _ => memory,
    }
}

/// What is remembered after tests that were run since. Of the same content a check has seen more.
fn tested_since(memory: Memory, tested: Tested, course: &Course, kata: &'static Kata) -> Memory {
    if memory.content == tested.content {
        return memory;
    }
    let solved = |Passed { content, checks }| Solved {
        content,
        checks,
        loom: false,
    };
    let is_now = |file: &LearnerFile| hash(&file.source) == tested.content;
    let file = Some(course.file(kata)).filter(is_now);
    Memory {
        solved: tested.passed.map(solved).or(memory.solved),
        last: file.map(|file| Checked::by_tests(kata, file, tested.results.checks).result()),
        content: tested.content,
        hints: memory.hints,
    }
}

fn path(course: &Course, kata: &'static Kata) -> std::path::PathBuf {
    course.memory().join(format!("{}.json", kata.name))
}

fn hash_of_checks(kata: &'static Kata) -> String {
    let checks = (kata.solution)();
    harness::hash_of_checks(checks.iter().map(|check| (check.name, check.promise)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kata::results::{CheckResult, Outcome};

    fn ended(status: Status, outcome: Outcome) -> KataResult {
        KataResult {
            name: "counter".to_owned(),
            title: String::new(),
            path: String::new(),
            status,
            passed: false,
            milliseconds: 0,
            mistakes: Vec::new(),
            checks: vec![CheckResult {
                name: "n".to_owned(),
                promise: String::new(),
                outcome,
                verdicts: Vec::new(),
                milliseconds: 0,
                failure: None,
            }],
            said: None,
        }
    }

    #[test]
    fn a_solved_kata_is_remembered_whatever_else_cannot_be_read() {
        let text = r#"{ "content": "1", "status": "as it was called once",
            "solved": { "content": "1", "checks": "2", "loom": true } }"#;
        let memory: Memory = serde_json::from_str(text).unwrap();
        assert!(memory.solved.is_some_and(|solved| solved.loom) && memory.last.is_none());
    }

    #[test]
    fn what_is_remembered_can_be_read_again() {
        let memory = Memory {
            content: "1".to_owned(),
            last: Some(ended(Status::Failed, Outcome::Failed)),
            ..Memory::default()
        };
        let text = serde_json::to_string(&memory).unwrap();
        let again: Memory = serde_json::from_str(&text).unwrap();
        assert_eq!(again.last, memory.last);
    }

    #[test]
    fn progress_is_of_the_content_that_was_checked() {
        let kata = &kata::curriculum::all()[0];
        let checks = hash_of_checks(kata);
        let solved = |text: &str, checks: &str, loom: bool| {
            let (content, checks) = (hash(text), checks.to_owned());
            Memory {
                solved: Some(Solved {
                    content,
                    checks,
                    loom,
                }),
                ..Memory::default()
            }
        };
        let ended = |status, outcome| Memory {
            content: hash("a"),
            last: Some(ended(status, outcome)),
            ..Memory::default()
        };
        let fails = |why: &str, passed_before| Progress::Fails {
            why: why.to_owned(),
            passed_before,
        };
        let failed = ended(Status::Failed, Outcome::Failed);
        let inconclusive = ended(Status::Inconclusive, Outcome::Inconclusive);
        for (memory, source, expected) in [
            (Memory::default(), kata.original, Progress::New),
            (Memory::default(), "a", Progress::Begun),
            (failed.clone(), "a", fails("fails n", false)),
            (failed.clone(), "b", Progress::Begun),
            (
                Memory {
                    content: hash(kata.original),
                    ..failed.clone()
                },
                kata.original,
                Progress::New,
            ),
            (
                Memory {
                    solved: solved("b", &checks, true).solved,
                    ..failed
                },
                "a",
                fails("fails n", true),
            ),
            (inconclusive, "a", fails("is verified but for n", false)),
            (
                solved("a", &checks, false),
                "a",
                Progress::Passes { loom: false },
            ),
            (
                solved("a", &checks, true),
                "a",
                Progress::Passes { loom: true },
            ),
            (solved("a", "other", true), "a", Progress::PassedOldChecks),
            (solved("a", &checks, true), "b", Progress::PassedBefore),
            (
                solved("a", &checks, true),
                kata.original,
                Progress::PassedBefore,
            ),
        ] {
            assert_eq!(
                judge(&memory, source, kata),
                expected,
                "{memory:?} {source}"
            );
        }
    }
}
