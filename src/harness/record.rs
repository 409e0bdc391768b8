//! What `cargo test` has found is noted where `cargo kata` looks for it, and told in the same words.

use super::places::{find_source, read_source, written_path_from_here};
use super::process::{FAILED_TESTS, INCONCLUSIVE};
use super::terminal::Terminal;
use super::{Run, describe, wire};
use crate::curriculum::{self, Kata};
use crate::mistakes;
use crate::results::{CheckResult, Outcome, Results, Status, standing};
use crate::text;
use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// What the checks of a learner's file came to when they last ran as tests.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tested {
    /// The [`hash`] of what stood in the file.
    pub content: String,
    /// What the checks came to.
    pub results: Results,
    /// What passed last: this, or something before it.
    pub passed: Option<Passed>,
}

/// A content that passed, and what it passed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Passed {
    /// The [`hash`] of the content.
    pub content: String,
    /// The [`hash_of_checks`].
    pub checks: String,
}

impl Tested {
    /// What is noted of a kata in this folder, and when that was; `None` if it is nothing.
    pub fn read(folder: &Path, kata: &Kata) -> Option<(Tested, SystemTime)> {
        let path = path(folder, kata);
        let when = fs::metadata(&path)
            .and_then(|found| found.modified())
            .ok()?;
        let text = fs::read_to_string(path).ok()?;
        Some((serde_json::from_str(&text).ok()?, when))
    }
}

/// FNV-1a of a file's content: unlike the standard library's it is the same in every version.
pub fn hash(text: &str) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{hash:016x}")
}

/// The hash of what checks promise.
pub fn hash_of_checks<'a>(checks: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let text: String = checks
        .map(|(name, promise)| format!("{name}\n{promise}\n"))
        .collect();
    hash(&text)
}

/// What to do once a kata passes, a line each.
pub fn next_steps(kata: &Kata, with_loom: bool) -> String {
    let name = kata.name;
    let loom = (!with_loom).then(|| {
        format!(
            "{}\n",
            text!("With weak memory too: cargo kata check {name} --loom", name)
        )
    });
    let solution = format!(
        "{}\n",
        text!("Compare it with ours: cargo kata solution {name}", name)
    );
    let katas = curriculum::all();
    let next = katas.iter().find(|next| next.number == kata.number + 1);
    let next = next.map(|next| {
        format!(
            "{}\n",
            text!(
                "The next kata:        cargo kata brief {name}",
                name = next.name
            )
        )
    });
    [loom, Some(solution), next].into_iter().flatten().collect()
}

/// Where to look when a kata does not pass, on one line.
pub fn help(kata: &Kata) -> String {
    let name = kata.name;
    format!(
        "{}\n",
        text!(
            "Brief: cargo kata brief {name}   Hint: cargo kata hint {name}",
            name
        )
    )
}

fn path(folder: &Path, kata: &Kata) -> PathBuf {
    folder.join(format!("{}.tests.json", kata.name))
}

/// Notes what all checks of the learner's file came to, unless the command does that itself.
pub(super) fn note(run: Run, results: &[CheckResult]) {
    let Some(file) = find_source(run.file).filter(|_| !wire::is_asked() && !cfg!(loom)) else {
        return;
    };
    let Some(source) = read_source(run.file).filter(|_| is_of(&file)) else {
        return;
    };
    let Some(folder) = folder(&file) else {
        return;
    };
    let content = hash(&source);
    let has_passed = results.iter().all(|check| check.has(Outcome::Passed));
    let passed = if has_passed && !is_refused(&source, run.kata) {
        let promised = results
            .iter()
            .map(|check| (check.name.as_str(), check.promise.as_str()));
        let (content, checks) = (content.clone(), hash_of_checks(promised));
        Some(Passed { content, checks })
    } else {
        Tested::read(&folder, run.kata).and_then(|(before, _)| before.passed)
    };
    let results = describe::results(run.kata, results.to_vec());
    let tested = Tested {
        content,
        results,
        passed,
    };
    let text = serde_json::to_string(&tested).unwrap_or_default();
    // In one piece; should that fail, `cargo kata` finds out by itself.
    let written = path(&folder, run.kata);
    let beside = written.with_extension(std::process::id().to_string());
    let _ = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&beside, text))
        .and_then(|()| fs::rename(&beside, written));
}

/// Where a course keeps what it knows of the learner, if the file is one of a course's `katas`.
fn folder(file: &Path) -> Option<PathBuf> {
    let katas = file.parent().filter(|folder| folder.ends_with("katas"))?;
    Some(katas.parent()?.join(".kata"))
}

/// True if this program was built after the file was changed: it may be an old one.
fn is_of(file: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|found: Metadata| found.modified());
    let built = std::env::current_exe().and_then(|program| changed(&program));
    matches!((built, changed(file)), (Ok(built), Ok(changed)) if built >= changed)
}

fn is_refused(source: &str, kata: &Kata) -> bool {
    let found = mistakes::find(source, kata.original);
    found.iter().any(|mistake| mistake.refuses)
}

/// When something was noted of the file last.
pub(super) fn noted(kata: &Kata, file: &str) -> Option<SystemTime> {
    Some(Tested::read(&folder(&find_source(file)?)?, kata)?.1)
}

/// Says where the file stands after its tests have run, and what to do next; nothing if they have not
/// come to their end, after what was noted before.
pub(super) fn conclude(
    kata: &Kata,
    file: &str,
    code: ExitCode,
    before: Option<SystemTime>,
) -> Option<String> {
    let folder = folder(&find_source(file)?)?;
    let (tested, when) = Tested::read(&folder, kata)?;
    if Some(when) == before {
        return None;
    }
    let source = read_source(file).filter(|source| hash(source) == tested.content)?;
    let checks = &tested.results.checks;
    let has_failed = checks.iter().any(|check| check.has(Outcome::Failed));
    let status = if code == ExitCode::SUCCESS {
        Status::Passed
    } else if code == ExitCode::from(INCONCLUSIVE) {
        Status::Inconclusive
    } else if code != ExitCode::from(FAILED_TESTS) {
        return None;
    } else if !has_failed && is_refused(&source, kata) {
        Status::Refused
    } else {
        Status::Failed
    };
    let more = match status {
        Status::Passed => next_steps(kata, false),
        _ => help(kata),
    };
    let path = written_path_from_here(file);
    let stands = text!("{path} {stands}.", path, stands = standing(status, checks));
    let text = format!("{stands}\n{more}");
    Some(Terminal::of_stdout().wrapped(&text) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_same_for_ever() {
        assert_eq!(hash(""), "cbf29ce484222325");
        assert_eq!(hash("a"), "af63dc4c8601ec8c");
    }

    #[test]
    fn after_a_pass_the_next_step_is_named() {
        let katas = curriculum::all();
        let (first, last) = (&katas[0], &katas[katas.len() - 1]);
        let (brief, loom) = (format!("brief {}", katas[1].name), "--loom");
        assert!(next_steps(first, false).contains(loom));
        assert!(!next_steps(first, true).contains(loom));
        assert!(next_steps(first, true).contains(&brief));
        assert!(!next_steps(last, true).contains("brief"));
    }
}
