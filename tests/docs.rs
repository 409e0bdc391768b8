//! What the README and the briefs show is what there is.
//!
//! To bring them up to date: `INSTA_UPDATE=always cargo test --test docs`, and read the diff.
#![cfg(not(loom))]

mod course;
mod spoken;

use assert_cmd::Command;
use course::{Course, printed};
use kata::curriculum::{self, Kata};
use kata::harness::documents::{BRIEF_WIDTH, README_WIDTH, up_to_date};
use kata::texts::{self, Language};
use spoken::english;
use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

/// A text for users.
struct Document {
    path: String,
    text: String,
    language: Language,
    /// The width at which its timelines are drawn.
    width: usize,
}

impl Document {
    fn read(path: &str, language: Language, width: usize) -> Self {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(&path).expect("a text in UTF-8");
        Document {
            path,
            text,
            language,
            width,
        }
    }

    fn brief(kata: &Kata, language: Language) -> Self {
        let file = curriculum::brief_file(language);
        let path = format!("src/curriculum/{}/{file}", kata.name);
        Document::read(&path, language, BRIEF_WIDTH)
    }
}

fn documents() -> Vec<Document> {
    let readme = Document::read("README.md", Language::English, README_WIDTH);
    let briefs = |&language| {
        let katas = curriculum::all().iter();
        katas.map(move |kata| Document::brief(kata, language))
    };
    let briefs = Language::ALL.iter().flat_map(briefs);
    [readme].into_iter().chain(briefs).collect()
}

#[test]
fn failures_are_shown_as_they_are() {
    let update = env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always");
    for document in documents() {
        let drawn = texts::speaking(document.language, || {
            up_to_date(&document.text, document.width)
        });
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
        let mut command = Command::from_std(english());
        command.args(&arguments).assert().success();
    }
}

#[test]
fn the_languages_that_the_readme_names_are_spoken() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let named: Vec<&str> = readme
        .split("KATA_LANG=")
        .skip(1)
        .map(|rest| &rest[..2])
        .collect();
    assert!(named.contains(&"fr") && named.contains(&"en"), "{named:?}");
    for language in named {
        let mut command = Command::from_std(english());
        command.env("KATA_LANG", language).arg("list");
        command.assert().success();
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

/// The examples of a brief.
fn examples(brief: &str) -> Vec<&str> {
    let blocks = brief.split("\n```rust\n").skip(1);
    let up_to_the_fence = |block: &str| block.find("\n```").unwrap_or(block.len());
    blocks
        .map(|block| &block[..up_to_the_fence(block)])
        .collect()
}

/// What a brief says before the kata is solved, which is what its last part is about, without what
/// stands between fences.
fn prose(kata: &Kata) -> String {
    let brief = kata.brief();
    let (needed, _) = brief.rsplit_once("\n## ").expect("parts");
    let outside = needed.split("\n```").step_by(2);
    let hints = kata.hints().iter().map(|hint| hint.text.as_str());
    outside.chain(hints).collect::<Vec<_>>().join("\n")
}

/// The words of some code: those that begin like a type of `kata::sync::atomic` are `atomic`.
fn words(code: &str) -> impl Iterator<Item = &str> {
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.map(|word| {
        if word.starts_with("Atomic") {
            "atomic"
        } else {
            word
        }
    })
}

/// What there is to write katas with: the first column of the table in the documentation of `kata::sync`.
fn primitives() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sync/mod.rs");
    let source = fs::read_to_string(path).expect("the documentation");
    let rows = source
        .lines()
        .take_while(|line| *line != "//! # What is left out");
    let cells = rows.filter_map(|line| line.strip_prefix("//! | ")?.split(" | ").next());
    let names = cells.flat_map(|cell| cell.split("[`").skip(1));
    let name = |rest: &str| rest.split(['`', '!']).next().map(str::to_owned);
    names.filter_map(name).collect()
}

#[test]
fn each_brief_shows_in_code_every_primitive_that_it_names_before_the_end() {
    let primitives = primitives();
    assert!(primitives.contains("Condvar") && primitives.contains("atomic"));
    for kata in curriculum::all() {
        let (prose, brief) = (prose(kata), kata.brief());
        let code = prose.split('`').skip(1).step_by(2);
        let named: BTreeSet<&str> = code.flat_map(words).collect();
        let shown: BTreeSet<&str> = examples(&brief).into_iter().flat_map(words).collect();
        let mut named = named
            .into_iter()
            .filter(|word| primitives.contains(*word))
            .peekable();
        assert!(
            named.peek().is_some(),
            "{} names nothing of `kata::sync`",
            kata.name
        );
        for primitive in named {
            assert!(
                shown.contains(primitive),
                "the brief of {} names `{primitive}`; show it in a ```rust block, in an example that \
                 is right and does not solve the kata",
                kata.name
            );
        }
    }
}

/// Where in the documentation of `kata::sync` a brief sends its reader.
fn links(brief: &str) -> BTreeSet<&str> {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let inside = brief
        .split('`')
        .filter(|code| code.starts_with("kata::sync"));
    inside.filter(|code| code.chars().all(is_path)).collect()
}

#[test]
fn the_examples_in_briefs_compile_and_hold_and_what_they_link_to_exists() {
    let mut file = String::new();
    for kata in curriculum::all() {
        let brief = kata.brief();
        let (examples, links) = (examples(&brief), links(&brief));
        assert!(!examples.is_empty(), "{} shows no code", kata.name);
        let leads = brief.contains("`cargo doc --open`") && !links.is_empty();
        assert!(
            leads,
            "{} does not lead to the documentation of `kata::sync`",
            kata.name
        );
        for (number, example) in examples.iter().enumerate() {
            file += &format!("#[test]\nfn {}_{number}() {{\n{example}\n}}\n", kata.name);
        }
        for link in links {
            file += &format!("#[allow(unused_imports)]\nuse {link} as _;\n");
        }
    }
    let course = Course::with("examples", &file);
    course.with_harness();
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = course.command(cargo);
    command.args(["test", "-p", "katas", "--test", "counter"]);
    let output = command.output().expect("cargo");
    let printed = printed(&output);
    assert!(output.status.success(), "{printed}\n{file}");
    assert!(printed.contains("counter_0 ... ok"), "{printed}");
}

#[test]
fn the_table_of_katas_says_what_each_one_builds_on() {
    let readme = Document::read("README.md", Language::English, README_WIDTH).text;
    let (readme, _) = readme
        .split_once("<!-- verified")
        .expect("the table of checks");
    for kata in curriculum::all() {
        let mut rows = readme.lines();
        let row = rows.find(|line| line.starts_with(&format!("| `{}` | ", kata.name)));
        let cells: Vec<&str> = row.unwrap_or_default().split(" | ").collect();
        let &[_, _, builds_on, _] = &cells[..] else {
            panic!("no row of four cells for {}: {row:?}", kata.name);
        };
        let expected = kata.builds_on();
        let is_first = expected.is_empty() && !builds_on.is_empty();
        assert!(
            is_first || builds_on == expected,
            "{}: {builds_on}, not {expected}",
            kata.name
        );
    }
}
