//! What the README and the briefs show is what there is.
//!
//! To bring them up to date: `INSTA_UPDATE=always cargo test --test docs`, and read the diff.
#![cfg(not(loom))]

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use kata::curriculum::{self, Kata, Slip};
use kata::explore::{BackEnd, Check, outcomes};
use kata::harness::{Terminal, explain};
use kata::sync;
use kata::timeline::Explanation;
use std::{env, fs};

/// What a fence begins with that shows a slip: its failure, the timeline of that only, or, with a
/// workload after the name, all that its executions come to.
const KINDS: [&str; 3] = ["failure ", "timeline ", "outcomes "];

/// A text for users.
struct Document {
    path: String,
    text: String,
    /// The width at which its timelines are drawn.
    width: usize,
}

impl Document {
    fn read(path: &str, width: usize) -> Self {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(&path).expect("a text in UTF-8");
        Document { path, text, width }
    }

    /// The text with every slip's failure as it is now, and how many there are.
    fn up_to_date(&self) -> (String, usize) {
        let mut shown = 0;
        let mut inside = false;
        let mut text = String::new();
        for line in self.text.lines() {
            let begins = line.strip_prefix("```").filter(|_| !inside);
            if line.starts_with("```") {
                inside = false;
            }
            if !inside {
                text.extend([line, "\n"]);
            }
            let kind = |info: &str| KINDS.into_iter().find(|kind| info.starts_with(kind));
            if let Some((info, kind)) = begins.and_then(|info| Some((info, kind(info)?))) {
                text.extend([&drawn(kind, &info[kind.len()..], self.width), "\n"]);
                (inside, shown) = (true, shown + 1);
            }
        }
        (text, shown)
    }
}

fn documents() -> Vec<Document> {
    let brief = |kata: &Kata| format!("src/curriculum/{}/brief.md", kata.name);
    let briefs = curriculum::all().iter().map(brief);
    let mut documents = vec![Document::read("README.md", 100)];
    documents.extend(briefs.map(|path| Document::read(&path, 88)));
    documents
}

fn slip(name: &str) -> (&'static Kata, &'static Slip) {
    let find = || {
        let (kata, slip) = name.split_once('/')?;
        let kata = curriculum::find(kata)?;
        Some((kata, kata.slips.iter().find(|entry| entry.name == slip)?))
    };
    find().unwrap_or_else(|| panic!("there is no slip {name}; one is counter/no_lock"))
}

/// The smallest failure of the slip, as learners see it.
fn drawn(kind: &str, name: &str, width: usize) -> String {
    let (name, workload) = name.split_once(' ').unwrap_or((name, ""));
    let (kata, slip) = slip(name);
    let of = |checks: Vec<Check>| {
        let mut checks = checks.into_iter();
        let check = checks.find(|check| check.name == slip.caught_by);
        check.expect("the check that catches it")
    };
    let check = of((slip.checks)());
    if kind == "outcomes " {
        let all = |check: &Check| outcomes(&check.workload(workload).expect("a workload"));
        let right = all(&of((kata.solution)()));
        let expected: Vec<&str> = right.counts.keys().map(String::as_str).collect();
        return all(&check).table(&expected).trim_end().to_owned();
    }
    let verdict = sync::explore(&check, BackEnd::Exhaustive);
    let page = Terminal {
        width,
        colour: false,
        ascii: false,
    };
    let told = Explanation::of(verdict.failure().expect("a failure"));
    let whole = explain(kata, &check, &told, page);
    let rows = || {
        let (_, rows) = whole.split_once("\n\n")?;
        rows.split("\n\nWhat went wrong").next()
    };
    let part = match kind {
        "timeline " => rows().expect("rows"),
        _ => whole.trim_end(),
    };
    part.to_owned()
}

#[test]
fn failures_are_shown_as_they_are() {
    let update = env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always");
    for document in documents() {
        let (text, shown) = document.up_to_date();
        assert!(shown > 0, "{} shows no slip", document.path);
        if update && text != document.text {
            fs::write(&document.path, text).expect("a file that can be written");
        } else {
            assert_same(&document.path, &document.text, &text);
        }
    }
}

#[track_caller]
fn assert_same(path: &str, is: &str, should: &str) {
    let differs = |(is, should): &(&str, &str)| is != should;
    let line = is.lines().zip(should.lines()).find(differs);
    assert!(
        is == should,
        "{path} is out of date, from here on: {line:#?}"
    );
}

#[test]
fn every_command_that_is_named_exists() {
    let documents = documents();
    let mut verbs: Vec<Vec<&str>> = documents
        .iter()
        .flat_map(|document| document.text.split("cargo kata ").skip(1))
        .map(|rest| {
            let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let line = rest.lines().next().unwrap_or_default();
            let end = line.find(['`', '#']).unwrap_or(line.len());
            let words = line[..end].split(' ').take_while(|word| !word.is_empty());
            words.take_while(is_name).collect()
        })
        .collect();
    verbs.sort();
    verbs.dedup();
    assert!(verbs.len() > 5, "{verbs:?}");
    for mut arguments in verbs {
        // With these words and no others it must be understood, up to what may follow.
        arguments.push("--help");
        let mut command = Command::new(cargo_bin!("kata"));
        command.args(&arguments).assert().success();
    }
}
