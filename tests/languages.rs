//! Which language is spoken, and that tests are told English whatever that of who runs them.
#![cfg(not(loom))]

mod course;
mod spoken;

use course::{Course, RIGHT, UNTOUCHED, has_all, printed};
use spoken::english;
use std::fs;
use std::path::{Path, PathBuf};

/// What names a language, for the command and in the system.
const VARIABLES: [&str; 5] = ["KATA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];

const FRENCH: &str = "fr_FR.UTF-8";

#[test]
fn the_variable_comes_before_the_locale_and_english_is_the_default() {
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[], "error: `watch` needs"),
        (&[("LANG", FRENCH)], "erreur"),
        (
            &[("LANG", FRENCH), ("KATA_LANG", "en")],
            "error: `watch` needs",
        ),
        (
            &[("LANG", FRENCH), ("LC_ALL", "C.UTF-8")],
            "error: `watch` needs",
        ),
        (&[("LANG", "de_DE.UTF-8"), ("KATA_LANG", "fr")], "erreur"),
        (&[("LANG", "de_DE.UTF-8")], "error: `watch` needs"),
    ];
    for (environment, begins) in cases {
        let mut command = english();
        for name in VARIABLES {
            command.env_remove(name);
        }
        let output = command
            .arg("watch")
            .envs(environment.iter().copied())
            .output()
            .expect("the command");
        let said = printed(&output);
        assert!(said.starts_with(begins), "{environment:?}: {said}");
        assert_eq!(output.status.code(), Some(2), "{environment:?}");
    }
}

#[test]
fn a_language_that_there_is_not_is_a_wrong_command_line() {
    let output = english().arg("list").env("KATA_LANG", "x\u{1b}x").output();
    let output = output.expect("the command");
    assert_eq!(output.status.code(), Some(2));
    has_all(
        &printed(&output),
        &["error: KATA_LANG is `x\\u{1b}x`; there is en or fr"],
    );
}

#[test]
fn cargo_test_speaks_the_language_of_who_runs_it() {
    let course = Course::new("languages", &[("counter", UNTOUCHED)]);
    let tests = |language: &str| {
        let mut command = course.command("cargo");
        let arguments = ["test", "--quiet", "-p", "katas", "--test", "counter"];
        command.args(arguments).env("KATA_LANG", language);
        command.output().expect("cargo")
    };
    let french = printed(&tests("fr"));
    has_all(
        &french,
        &[
            "Ce qui s'est passé\u{a0}: une mise à jour perdue.",
            "préempté\u{a0}: il aurait pu continuer",
            "échoue à no_update_is_lost",
        ],
    );
    has_all(&printed(&tests("en")), &["What went wrong: a lost update."]);
    let wrong = tests("xx");
    has_all(
        &printed(&wrong),
        &["error: KATA_LANG is `xx`; there is en or fr"],
    );
    course.save(&course::learners_file(RIGHT));
    has_all(&printed(&tests("fr")), &["réussit."]);
}

/// The source files of the tests.
fn tests(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the tests");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                tests(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

#[test]
fn every_test_starts_the_command_where_its_language_is_set() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let named = concat!("cargo_bin!(", "\"kata\")");
    let in_course = [".command(", named].concat();
    let mut courses = 0;
    for path in tests(&folder) {
        let text = fs::read_to_string(&path).expect("a test");
        let all = text.matches(named).count();
        let of_course = text.matches(&in_course).count();
        courses += of_course;
        let own = usize::from(path.ends_with("spoken/mod.rs"));
        assert_eq!(all, of_course + own, "{}", path.display());
    }
    assert!(courses > 0);
}
