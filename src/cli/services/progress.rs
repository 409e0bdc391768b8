//! What the course remembers of a learner's file: what its last check came to, and with which
//! content it has passed.
//!
//! A file a kata, `.kata/NAME.json`, written in one piece: a crash loses nothing. It holds the
//! content's hash, so that what is said of a file is said of what stands in it, and the checks'
//! hash, so that an update of the course shows.

use super::checked::{Checked, Status};
use super::course::{Course, replace};
use kata::curriculum::Kata;
use serde_json::{Value, json};
use std::{fmt, fs, io};

/// How far a learner has come with a kata.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// The file is as it came.
    New,
    /// It has never passed, and is not as it was when last checked.
    Begun,
    /// It does not pass; why.
    Fails(String),
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
            Progress::Fails(why) => f.write_str(why),
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

fn judge(memory: &Value, source: &str, kata: &Kata) -> Progress {
    let now = hash(source);
    let solved = &memory["solved"];
    if solved["content"] == now.as_str() {
        if solved["checks"] != hash_of_checks(kata).as_str() {
            return Progress::PassedOldChecks;
        }
        return Progress::Passes {
            loom: solved["loom"] == true,
        };
    }
    if memory["content"] == now.as_str() && solved.is_null() {
        return Progress::Fails(why(memory));
    }
    match solved.is_null() {
        false => Progress::PassedBefore,
        true if source == kata.original => Progress::New,
        true => Progress::Begun,
    }
}

/// Why the file does not pass, from its last results.
pub fn why(results: &Value) -> String {
    let checks = results["checks"].as_array().map_or(&[][..], Vec::as_slice);
    let failed: Vec<&str> = checks
        .iter()
        .filter(|check| check["passed"] == false)
        .filter_map(|check| check["name"].as_str())
        .collect();
    match (results["status"].as_str(), &failed[..]) {
        (Some("does_not_compile"), _) => "does not compile yet".to_owned(),
        (Some("could_not_build"), _) => "could not be built".to_owned(),
        (Some("refused"), _) => "does what the checks cannot see".to_owned(),
        (_, [name]) => format!("fails {name}"),
        (_, [name, others @ ..]) => format!("fails {name}, and {} more", others.len()),
        (_, []) => "ends before its checks do".to_owned(),
    }
}

/// The results of the last check, if the file is still what was checked.
pub fn last_results(course: &Course, kata: &Kata) -> Option<Value> {
    let memory = recall(course, kata);
    let source = course.source(kata).ok()?;
    (memory["content"] == hash(&source).as_str()).then_some(memory)
}

/// Remembers what checking the file came to.
pub fn note(course: &Course, checked: &Checked, loom: bool) -> io::Result<()> {
    let before = recall(course, checked.kata);
    // While it was checked it may have been changed: then nothing is known of what it is now.
    let source = &checked.file.source;
    if course.source(checked.kata).unwrap_or_default() != *source {
        return Ok(());
    }
    let content = hash(source);
    let checks = hash_of_checks(checked.kata);
    let mut memory = checked.value();
    let solved = &before["solved"];
    let same = solved["content"] == content.as_str() && solved["checks"] == checks.as_str();
    memory["solved"] = match checked.status {
        Status::Passed => json!({
            "content": content,
            "checks": checks,
            "loom": loom || same && solved["loom"] == true,
        }),
        // With the same content it does not pass after all: under loom, or by newer checks.
        _ if solved["content"] == content.as_str() => Value::Null,
        _ => solved.clone(),
    };
    memory["content"] = Value::from(content);
    replace(&path(course, checked.kata), &format!("{memory:#}\n"))
}

fn recall(course: &Course, kata: &Kata) -> Value {
    let text = fs::read_to_string(path(course, kata)).unwrap_or_default();
    // What cannot be read is not known, and the next check writes it anew.
    serde_json::from_str(&text).unwrap_or(Value::Null)
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

    #[test]
    fn progress_is_of_the_content_that_was_checked() {
        let kata = &kata::curriculum::all()[0];
        let checks = hash_of_checks(kata);
        let solved = |text: &str, checks: &str, loom: bool| json!({ "solved": { "content": hash(text), "checks": checks, "loom": loom } });
        let failed = json!({ "content": hash("a"), "status": "failed",
            "checks": [{ "name": "n", "passed": false }] });
        for (memory, source, expected) in [
            (Value::Null, kata.original, Progress::New),
            (Value::Null, "a", Progress::Begun),
            (failed.clone(), "a", Progress::Fails("fails n".to_owned())),
            (failed, "b", Progress::Begun),
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
            assert_eq!(judge(&memory, source, kata), expected, "{memory} {source}");
        }
    }

    #[test]
    fn a_hash_is_the_same_for_ever() {
        assert_eq!(hash(""), "cbf29ce484222325");
        assert_eq!(hash("a"), "af63dc4c8601ec8c");
    }
}
