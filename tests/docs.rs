//! What the README and the briefs show is what there is.
//!
//! To bring them up to date: `INSTA_UPDATE=always cargo test --test docs`, and read the diff.
#![cfg(not(loom))]

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use kata::curriculum::{self, Kata};
use kata::harness::documents::{BRIEF_WIDTH, README_WIDTH, up_to_date};
use std::path::Path;
use std::{env, fs};

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
}

fn documents() -> Vec<Document> {
    let brief = |kata: &Kata| format!("src/curriculum/{}/brief.md", kata.name);
    let briefs = curriculum::all().iter().map(brief);
    let mut documents = vec![Document::read("README.md", README_WIDTH)];
    documents.extend(briefs.map(|path| Document::read(&path, BRIEF_WIDTH)));
    documents
}

#[test]
fn failures_are_shown_as_they_are() {
    let update = env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always");
    for document in documents() {
        let drawn = up_to_date(&document.text, document.width);
        let (text, shown) = drawn.unwrap_or_else(|error| panic!("{}: {error}", document.path));
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

#[test]
fn every_test_that_the_crates_page_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("src/README.md")).expect("the crate's page");
    let is_there = |path: &str| {
        let path = root.join(path);
        path.with_extension("rs").is_file() || path.is_dir()
    };
    let quoted: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let libs = quoted
        .iter()
        .filter_map(|text| text.strip_prefix("--lib -- "));
    let modules = libs.map(|name| format!("src/{}", name.replace("::", "/")));
    let targets = quoted
        .iter()
        .filter_map(|text| text.strip_prefix("--test "));
    let targets = targets.map(|name| format!("tests/{name}"));
    let all: Vec<String> = modules.chain(targets).collect();
    assert!(all.len() > 10, "{all:?}");
    let missing: Vec<&String> = all.iter().filter(|path| !is_there(path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
