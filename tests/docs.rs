//! What the README and the briefs show is what there is.
#![cfg(not(loom))]

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use kata::curriculum::{self, Kata, Slip};
use kata::explore::BackEnd;
use kata::harness::{Terminal, explain};
use kata::sync;

const README: &str = include_str!("../README.md");

/// Every text for users, with the width at which its timelines are drawn.
fn documents() -> impl Iterator<Item = (&'static str, &'static str, usize)> {
    let briefs = curriculum::all()
        .iter()
        .map(|kata| (kata.name, kata.brief, 88));
    [("README", README, 100)].into_iter().chain(briefs)
}

fn slip(name: &str) -> (&'static Kata, &'static Slip) {
    let slips = curriculum::all()
        .iter()
        .flat_map(|kata| kata.slips.iter().map(move |slip| (kata, slip)));
    slips
        .into_iter()
        .find(|(_, slip)| slip.name == name)
        .unwrap_or_else(|| panic!("there is no slip {name}"))
}

/// The smallest failure of the slip, as learners see it.
fn drawn(name: &str, width: usize) -> String {
    let (kata, slip) = slip(name);
    let check = (slip.checks)()
        .into_iter()
        .find(|check| check.name == slip.caught_by)
        .expect("the check that catches it");
    let verdict = sync::explore(&check, BackEnd::Exhaustive);
    let page = Terminal {
        width,
        colour: false,
        ascii: false,
    };
    explain(kata, &check, verdict.failure().expect("a failure"), page)
}

/// The blocks that begin with a fence of this kind: what follows it, and the text inside.
fn blocks<'a>(text: &'a str, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let fence = "```";
    text.split(fence)
        .skip(1)
        .step_by(2)
        .filter_map(move |block| {
            let (info, inside) = block.split_once('\n')?;
            Some((info.strip_prefix(kind)?.trim(), inside.trim_end()))
        })
}

#[test]
fn failures_are_shown_as_they_are() {
    let mut shown = 0;
    for (document, text, width) in documents() {
        for (slip, inside) in blocks(text, "failure ") {
            let drawn = drawn(slip, width);
            assert_eq!(inside, drawn.trim_end(), "{document} should show\n{drawn}");
            shown += 1;
        }
    }
    assert!(shown > 0, "the README shows one");
}

#[test]
fn timelines_are_shown_as_they_are() {
    for kata in curriculum::all() {
        assert!(blocks(kata.brief, "timeline ").count() > 0, "{}", kata.name);
    }
    for (document, text, width) in documents() {
        for (slip, inside) in blocks(text, "timeline ") {
            let drawn = drawn(slip, width);
            let rows = drawn.split_once("\n\n").map_or("", |(_, rows)| rows);
            let rows = rows.split("\n\nWhat went wrong").next().unwrap_or_default();
            assert_eq!(inside, rows, "{document} should show\n{rows}");
        }
    }
}

#[test]
fn every_command_that_is_named_exists() {
    let mut verbs: Vec<Vec<&str>> = documents()
        .flat_map(|(_, text, _)| text.split("cargo kata ").skip(1))
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
