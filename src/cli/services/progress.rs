//! What the course remembers of a learner's file: what its last check came to, and with which
//! content it has passed.
//!
//! A file a kata, `.kata/NAME.json`, written in one piece: a crash loses nothing. It holds the
//! content's hash, so that what is said of a file is said of what stands in it, and the checks'
//! hash, so that an update of the course shows.

use super::checked::Checked;
use super::course::{Course, replace};
use kata::curriculum::Kata;
use kata::results::{KataResult, Outcome, Status};
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
    /// It does not pass; why.
    Fails(String),
    /// It does not fail, and not every check could tell; which.
    Inconclusive(String),
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
            Progress::New => f.write_str("not begun"),
            Progress::Begun => f.write_str("begun"),
            Progress::Fails(why) | Progress::Inconclusive(why) => f.write_str(why),
            Progress::Passes { loom: false } => f.write_str("passes"),
            Progress::Passes { loom: true } => f.write_str("passes, with loom"),
            Progress::PassedOldChecks => f.write_str("passed older checks"),
            Progress::PassedBefore => f.write_str("has passed, changed since"),
        }
    }
}

impl Progress {
    /// True if the learner has solved the kata, whatever became of the file.
    pub fn has_passed(&self) -> bool {
        use Progress::{PassedBefore, PassedOldChecks, Passes};
        matches!(self, Passes { .. } | PassedOldChecks | PassedBefore)
    }
}

/// How far the learner has come.
pub fn of(course: &Course, kata: &Kata) -> Progress {
    let memory = recall(course, kata);
    let source = course.source(kata).unwrap_or_default();
    judge(&memory, &source, kata)
}

fn judge(memory: &Memory, source: &str, kata: &Kata) -> Progress {
    let now = hash(source);
    let Memory {
        content,
        solved,
        last,
    } = memory;
    match (solved, last) {
        (Some(solved), _) if solved.content != now => Progress::PassedBefore,
        (Some(solved), _) if solved.checks != hash_of_checks(kata) => Progress::PassedOldChecks,
        (Some(solved), _) => Progress::Passes { loom: solved.loom },
        (None, Some(last)) if *content == now => match last.status {
            Status::Inconclusive => Progress::Inconclusive(why(last)),
            _ => Progress::Fails(why(last)),
        },
        (None, _) if source == kata.original => Progress::New,
        (None, _) => Progress::Begun,
    }
}

/// Why the file does not pass, from its last results.
pub fn why(results: &KataResult) -> String {
    let outcome = match results.status {
        Status::Inconclusive => Outcome::Inconclusive,
        _ => Outcome::Failed,
    };
    let mut those = results.checks.iter().filter(|check| check.has(outcome));
    let first = those.next().map(|check| &check.name);
    match (results.status, first) {
        (Status::DoesNotCompile, _) => "does not compile yet".to_owned(),
        (Status::CouldNotBuild, _) => "could not be built".to_owned(),
        (Status::Refused, _) => "does what the checks cannot see".to_owned(),
        (status, Some(name)) => {
            let what = match status {
                Status::Inconclusive => "is verified but for",
                _ => "fails",
            };
            match those.count() {
                0 => format!("{what} {name}"),
                others => format!("{what} {name}, and {others} more"),
            }
        }
        (_, None) => "ends before its checks do".to_owned(),
    }
}

/// The results of the last check, if the file is still what was checked.
pub fn last_results(course: &Course, kata: &Kata) -> Option<KataResult> {
    let memory = recall(course, kata);
    let source = course.source(kata).ok()?;
    memory.last.filter(|_| memory.content == hash(&source))
}

/// Remembers what checking the file came to.
pub fn note(course: &Course, checked: &Checked, loom: bool) -> io::Result<()> {
    let solved = recall(course, checked.kata).solved;
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
        last: Some(checked.result()),
    };
    let text = serde_json::to_string_pretty(&memory)?;
    replace(&path(course, checked.kata), &format!("{text}\n"))
}

fn recall(course: &Course, kata: &Kata) -> Memory {
    let text = fs::read_to_string(path(course, kata)).unwrap_or_default();
    // What cannot be read is not known, and the next check writes it anew.
    serde_json::from_str(&text).unwrap_or_default()
}

fn path(course: &Course, kata: &Kata) -> std::path::PathBuf {
    course.memory().join(format!("{}.json", kata.name))
}

fn hash_of_checks(kata: &Kata) -> String {
    let checks = (kata.solution)();
    let text: String = checks
        .iter()
        .map(|check| format!("{}\n{}\n", check.name, check.promise))
        .collect();
    hash(&text)
}

/// FNV-1a: unlike the standard library's it is the same in every version.
pub fn hash(text: &str) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{hash:016x}")
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
            mistakes: Vec::new(),
            checks: vec![CheckResult {
                name: "n".to_owned(),
                promise: String::new(),
                outcome,
                verdicts: Vec::new(),
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
            solved: None,
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
        let failed = ended(Status::Failed, Outcome::Failed);
        let inconclusive = ended(Status::Inconclusive, Outcome::Inconclusive);
        for (memory, source, expected) in [
            (Memory::default(), kata.original, Progress::New),
            (Memory::default(), "a", Progress::Begun),
            (failed.clone(), "a", Progress::Fails("fails n".to_owned())),
            (failed, "b", Progress::Begun),
            (
                inconclusive,
                "a",
                Progress::Inconclusive("is verified but for n".to_owned()),
            ),
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

    #[test]
    fn a_hash_is_the_same_for_ever() {
        assert_eq!(hash(""), "cbf29ce484222325");
        assert_eq!(hash("a"), "af63dc4c8601ec8c");
    }
}
