//! What a learner meets in the first hour: a failure, its hint, the first mistakes, the first pass.
#![cfg(not(loom))]

mod course;

use course::{Course, RIGHT, UNTOUCHED, learners_file, printed, with_increment};
use kata::curriculum;
use std::collections::BTreeSet;
use std::env;
use std::process::Command;

fn original() -> &'static str {
    curriculum::all()[0].original
}

#[test]
fn one_check_can_be_run_alone_and_says_little_of_the_file() {
    let course = Course::with("alone", &learners_file(UNTOUCHED));
    let only = |check| ["check", "counter", "--only", check];
    let said = course.kata(&only("no_update_is_lost"), 1, &["a lost update"]);
    assert!(!said.contains("value_is_never_behind"), "{said}");
    let sentence = "katas/counter.rs passes counters_are_apart. All its checks: cargo kata check";
    course.kata(&only("counters_are_apart"), 0, &[sentence]);
    course.kata(&["list"], 0, &["begun"]);
}

#[test]
fn a_failure_names_the_problem_and_the_hint_comes_on_request() {
    let course = Course::with("asked", &learners_file(UNTOUCHED));
    let hint = "Hint: Reading and writing must be one step";
    let said = course.kata(&["check", "counter"], 1, &["a lost update"]);
    assert!(!said.contains(hint), "{said}");
    course.kata(&["check", "counter", "--hint"], 1, &[hint]);
    for tier in ["1", "2", "3", "3"] {
        let begins = format!("Hint {tier} of 3");
        course.kata(&["hint", "counter"], 0, &[&begins]);
    }
}

#[test]
fn what_passes_as_a_test_of_cargo_counts_too() {
    let course = Course::with("tested", &learners_file(RIGHT));
    let test = || {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = course.command(cargo);
        let output = command
            .args(["test", "-p", "katas", "--test", "counter"])
            .output();
        printed(&output.expect("cargo"))
    };
    let next = "Compare it with ours: cargo kata solution counter";
    let said = test();
    assert!(
        said.contains("counter.rs passes.\n") && said.contains(next),
        "{said}"
    );
    course.kata(&["list"], 0, &["passes"]);
    course.kata(&["solution", "counter"], 0, &["struct Locked"]);

    course.save(&learners_file(UNTOUCHED));
    course.kata(&["list"], 0, &["has passed, changed since"]);
    let sentence = "fails no_update_is_lost, and 3 more";
    assert!(test().contains(&format!("counter.rs {sentence}.\n")));
    course.kata(&["list"], 0, &[sentence]);
    course.kata(
        &["check", "counter"],
        1,
        &[&format!("counter.rs {sentence}.\n")],
    );
    course.kata(&[], 0, &[&format!("counter.rs {sentence}.\n")]);
    course.kata(&["solution", "counter"], 0, &["struct Locked"]);
}

#[test]
fn the_first_mistakes_are_answered_in_our_words() {
    let course = Course::with("first", original());
    let whole = |learners| learners_file(learners);
    let cell = [
        "count: std::cell::RefCell<u64>",
        "*self.count.borrow_mut() += 1;",
        "todo!()",
    ];
    let unwrapped = [RIGHT[0], "*self.count.lock().unwrap() += 1;", RIGHT[2]];
    let cases = [
        (
            whole(unwrapped),
            ":17: lock().unwrap(): in kata::sync `lock()` gives no `Result`",
        ),
        (whole(cell), ":8: std::cell::RefCell: it is for one thread"),
        (
            whole(with_increment("{ self.count.load(SeqCst);")),
            ": an unclosed {: the block that",
        ),
        (
            original().replace("fn main", "fn gone"),
            ": no main: it checks the file",
        ),
        (
            whole(with_increment("dbg!(1);")),
            ": printing to the standard error: the checks run",
        ),
    ];
    for (file, sentence) in cases {
        course.save(&file);
        let said = course.kata(&["check", "counter"], 1, &["In the file itself:", sentence]);
        let ours = said.split_once("In the file itself:").expect("our word").1;
        assert!(
            !ours.contains("error["),
            "the compiler has the last word:\n{said}"
        );
    }
}

#[test]
fn what_makes_the_checks_hang_is_said_before_they_do() {
    let hanging = with_increment("while self.count.load(SeqCst) == 7 {}\n        loop {}");
    let course = Course::with("hanging", &learners_file(hanging));
    let said = course.kata(
        &["check", "counter"],
        1,
        &["has not come to its next operation"],
    );
    let (first, begun) = (
        said.find(":17: an empty loop: "),
        said.find("counters_are_apart"),
    );
    assert!(first.is_some() && first < begun, "{said}");
}

/// Whoever runs the tests and then the command does not wait for another build: what the two are built of
/// has the same features.
#[test]
fn the_command_is_built_of_what_the_tests_are_built_of() {
    let built_of = |arguments: &[&str]| -> BTreeSet<String> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let root = env!("CARGO_MANIFEST_DIR");
        let tree = ["tree", "--locked", "--prefix=none", "--format={p} {f}"];
        let output = cargo.current_dir(root).args(tree).args(arguments).output();
        let output = output.expect("cargo");
        assert!(output.status.success(), "{}", printed(&output));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let packages = text.lines().map(|line| line.trim_end_matches(" (*)"));
        packages.map(str::to_owned).collect()
    };
    let tests = built_of(&["--edges=normal,build,dev"]);
    let command = built_of(&["--edges=normal,build", "--package=concurrency-katas"]);
    let other: Vec<&String> = command.difference(&tests).collect();
    assert!(command.len() > 100 && other.is_empty(), "{other:#?}");
}
