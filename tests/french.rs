//! What French readers see: failures, screens and pages, reviewed as a teacher would.
//!
//! To change one on purpose: `INSTA_UPDATE=always cargo test --test french`, and read the diff.
#![cfg(not(loom))]

mod course;
mod spoken;

use course::{Course, UNTOUCHED, printed};
use kata::curriculum::{self, Kata, Slip};
use kata::explore::{BackEnd, Check, Failure, FailureKind};
use kata::harness::{self, Terminal, explain, explained};
use kata::sync;
use kata::texts::{self, Language};
use kata::timeline::width;
use spoken::english;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// As wide as a terminal is that nobody has changed.
const PAGE: Terminal = Terminal {
    width: 80,
    colour: false,
    ascii: false,
};

/// English words of which no French text consists, unless it is code.
const ENGLISH: [&str; 14] = [
    "the", "and", "of", "is", "are", "was", "waits", "with", "not", "that", "has", "it", "they",
    "which",
];

/// What fails of the slip, as it is told in French.
fn failing(slip: &Slip) -> Option<(Check, Failure)> {
    let named = |check: &Check| check.name == slip.caught_by;
    let check = (slip.checks)().into_iter().find(named)?;
    let verdict = sync::explore(&check, BackEnd::Exhaustive, &harness::options());
    let failure = verdict.failure()?.clone();
    Some((check, failure))
}

/// The kind of a failure, of which each has words of its own.
fn kind(failure: &Failure) -> &'static str {
    match &failure.kind {
        FailureKind::Panic { .. } => "panic",
        FailureKind::Deadlock { .. } => "deadlock",
        FailureKind::Livelock { .. } => "livelock",
        FailureKind::Never { .. } => "never",
        FailureKind::Unexplained(_) => "unexplained",
        _ => "other",
    }
}

fn drawn(kata: &Kata, slip: &Slip) -> Option<(Failure, String, Option<String>)> {
    let (check, failure) = failing(slip)?;
    let told = explained(&failure);
    let text = explain(kata, &check, &told, PAGE);
    let label = told.label().map(|label| format!("{label:?}"));
    drop(told);
    Some((failure, text, label))
}

/// The words of a drawing: not what is quoted of code, nor places in it.
fn words(text: &str) -> Vec<&str> {
    let prose = text.lines().filter(|line| {
        let is_code = line.contains(['(', ';', '=']) && line.starts_with("    ");
        !is_code || line.contains('\u{a0}')
    });
    prose
        .flat_map(|line| line.split('`').step_by(2))
        .flat_map(str::split_whitespace)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect()
}

/// The words of a panic of the code itself, or of Rust: nobody tells them in another language.
fn codes_own(failure: &Failure) -> Vec<&str> {
    match &failure.kind {
        FailureKind::Panic {
            message,
            location: Some(at),
            ..
        } if !at.contains("/checks") => words(message),
        _ => Vec::new(),
    }
}

#[test]
fn no_failure_of_a_slip_is_told_in_english_and_all_fit_eighty_columns() {
    texts::speaking(Language::French, || {
        let mut by_kind: BTreeMap<String, String> = BTreeMap::new();
        let (mut told, mut left_over) = (0, Vec::new());
        for kata in curriculum::all() {
            for slip in kata.slips {
                let Some((failure, text, label)) = drawn(kata, slip) else {
                    continue;
                };
                let name = format!("{}/{}", kata.name, slip.name);
                let own = codes_own(&failure);
                let is_left = |word: &&str| ENGLISH.contains(word) && !own.contains(word);
                let left = words(&text).into_iter().find(is_left);
                left_over.extend(left.map(|word| format!("{word} in {name}:\n{text}")));
                let replay = texts::speaking(Language::French, || texts::of("Replay:").to_owned());
                let mut lines = text.lines().filter(|line| !line.starts_with(&replay));
                let wide = lines.find(|line| width(line) > PAGE.width);
                assert_eq!(wide, None, "{name}:\n{text}");
                told += 1;
                let own = match label.as_deref() {
                    Some("LostUpdate") => "lost_update",
                    Some("LostWakeUp") => "lost_wake_up",
                    _ => kind(&failure),
                };
                by_kind.entry(own.to_owned()).or_insert(text);
            }
        }
        assert!(told > 50, "only {told}");
        assert!(left_over.is_empty(), "{}", left_over.join("\n"));
        for own in [
            "deadlock",
            "lost_update",
            "lost_wake_up",
            "unexplained",
            "never",
        ] {
            let text = &by_kind[own];
            insta::assert_snapshot!(own, text);
        }
    });
}

fn french(mut command: Command) -> String {
    let output = command.env("KATA_LANG", "fr").output();
    printed(&output.expect("the command"))
}

#[test]
fn the_screens_of_the_command_are_french() {
    let course = Course::new("french", &[("counter", UNTOUCHED)]);
    let _ = fs::remove_dir_all(course.root.join(".kata"));
    for (name, arguments) in [
        ("list", ["list"].as_slice()),
        ("status", &[]),
        ("check", &["check", "counter"]),
        ("hint", &["hint", "counter"]),
        ("help", &["--help"]),
        ("help_check", &["check", "--help"]),
        ("wrong", &["replay", "counter"]),
    ] {
        let mut command = course.quick_kata(arguments);
        command.env("COLUMNS", "80");
        insta::assert_snapshot!(name, french(command));
    }
}

#[test]
fn the_page_is_french() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    let mut command = english();
    command
        .args(["show", "counter", "--slip", "no_lock", "-o"])
        .arg(&file);
    let _ = french(command);
    let page = fs::read_to_string(file).expect("a page");
    assert!(page.contains("<html lang=\"fr\">"));
    let (frame, script) = page.split_once("<script").expect("a script");
    let (_, frame) = frame.split_once("</style>").expect("a style");
    let mut shown = String::new();
    for part in frame.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or_default();
        let label = tag.split("aria-label=\"").nth(1);
        let label = label.and_then(|rest| rest.split('"').next());
        for text in label.into_iter().chain([text.trim()]) {
            if !text.is_empty() {
                shown += &format!("{text}\n");
            }
        }
    }
    insta::assert_snapshot!("page", shown);
    // What the script says stands in its data.
    let data: serde_json::Value = script
        .split_once('>')
        .and_then(|(_, data)| data.split_once("</script>"))
        .map(|(data, _)| serde_json::from_str(data).expect("data"))
        .expect("data");
    assert_eq!(data["texts"]["Who goes on?"], "Qui continue\u{a0}?");
    assert_eq!(data["nouns"]["disturbance"][1], "perturbations");
}
