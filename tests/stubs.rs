//! Learners' files of all kinds, run as learners run them: in a course of their own, by cargo.
//!
//! Each file is a test target of its own, so that what one of them does spoils no other.
#![cfg(not(loom))]

mod course;

use assert_cmd::cargo::cargo_bin;
use course::{BY_CHANCE, Course, DEADLOCK, RIGHT, UNTOUCHED, has_all, printed, with_increment};
use std::env;

/// All kinds of files in one package: the name, the file, whether it passes, what is said.
#[test]
fn every_learners_file_ends_with_an_explanation() {
    let cases: &[(&str, [&str; 3], bool, &[&str])] = &[
        (
            "untouched",
            UNTOUCHED,
            false,
            &[
                "no_update_is_lost",
                "... FAILED",
                "untouched.rs:",
                "cargo kata replay counter:",
            ],
        ),
        ("right", RIGHT, true, &["test result: ok", "verified, all"]),
        (
            "by_chance",
            BY_CHANCE,
            false,
            &[
                "... ignored (inconclusive)",
                "is inconclusive (exhaustive): the same schedule led",
                "Also inconclusive: ",
                "nothing is proved",
            ],
        ),
        (
            "does_not_compile",
            with_increment("self.cuont.fetch_add(1, SeqCst);"),
            false,
            &["error[E0609]", "does_not_compile.rs"],
        ),
        (
            "panics",
            with_increment("todo!(\"count here\")"),
            false,
            &["... FAILED", "count here", "panics.rs:"],
        ),
        (
            "deadlocks",
            DEADLOCK,
            false,
            &["... FAILED", "deadlocks.rs:"],
        ),
        ("hangs", with_increment("loop {}"), false, &["kata::sync"]),
        (
            "aborts",
            with_increment("std::process::abort()"),
            false,
            &["were ended in the middle", "SIGABRT"],
        ),
        (
            "exits",
            with_increment("std::process::exit(0)"),
            false,
            &["were ended in the middle", "std::process::exit"],
        ),
        (
            "overflows",
            with_increment("self.increment(); self.count.load(SeqCst);"),
            false,
            &["were ended in the middle", "overflows its stack", " ... \n"],
        ),
        (
            "prints",
            with_increment(
                "let seen = self.count.load(SeqCst);
        println!(\"seen: {seen}\");
        self.count.store(seen + 1, SeqCst);",
            ),
            false,
            &["Printed in this execution", "  seen: 0\n  seen: 0\n\n"],
        ),
        (
            "locks_std",
            [
                "count: std::sync::Mutex<u64>",
                "*self.count.lock().unwrap() += 1;",
                "*self.count.lock().unwrap()",
            ],
            false,
            &["In the file itself", "locks_std.rs:8: std::sync::Mutex: "],
        ),
        (
            "passes_unseen",
            [
                RIGHT[0],
                "std::thread::yield_now();\n        *self.count.lock() += 1;",
                RIGHT[2],
            ],
            false,
            &[
                "test result: ok",
                "Refused: ",
                "passes_unseen.rs:17: std::thread::yield_now: ",
            ],
        ),
        (
            "sleeps",
            with_increment(
                "let seen = self.count.load(SeqCst);
        kata::sync::thread::sleep(std::time::Duration::from_millis(1));
        self.count.store(seen + 1, SeqCst);",
            ),
            false,
            &["sleeps.rs:18: kata::sync::thread::sleep: a sleep makes nothing"],
        ),
        (
            "waits_idly",
            with_increment("while self.count.load(SeqCst) == 7 {}\n        todo!()"),
            false,
            &["waits_idly.rs:17: an empty loop: "],
        ),
    ];
    let files: Vec<(&str, [&str; 3])> = cases
        .iter()
        .map(|&(target, learners, ..)| (target, learners))
        .collect();
    let course = Course::new("learners", &files);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for (target, _, passes, texts) in cases {
        let output = course
            .command(&cargo)
            .args(["test", "-p", "katas", "--test", target])
            .output()
            .expect("cargo");
        let printed = printed(&output);
        assert_eq!(output.status.success(), *passes, "{target}:\n{printed}");
        has_all(&printed, texts);
    }
}

#[test]
fn the_untouched_file_is_shown_how_it_fails() {
    let course = Course::new("untouched", &[("counter", UNTOUCHED)]);
    let said = course.kata(
        &[],
        0,
        &[
            "Next: counter",
            "katas/counter.rs fails ",
            "cargo kata check counter",
        ],
    );
    assert!(said.lines().count() <= 10, "too long:\n{said}");
    let said = course.kata(
        &["check", "counter"],
        1,
        &[
            "counter.rs:",
            "katas/counter.rs fails no_update_is_lost, and 3 more.",
            "cargo kata brief counter",
        ],
    );
    let (_, token) = said.split_once("cargo kata replay ").expect("a token");
    let token = token.split_whitespace().next().expect("a token");
    course.kata(&["replay", token], 1, &[token, "counter.rs:"]);
    course.kata(
        &["replay", token, "--solution"],
        0,
        &["holds in this execution"],
    );

    let course = Course::new("right", &[("counter", RIGHT)]);
    course.kata(&["replay", token], 0, &["holds in this execution"]);
    course.kata(
        &["check", "counter"],
        0,
        &["katas/counter.rs passes", "cargo kata check counter --loom"],
    );
}

#[test]
fn a_file_that_does_not_compile_is_named() {
    let broken = with_increment("self.cuont.fetch_add(1, SeqCst);");
    let course = Course::new("broken", &[("counter", broken)]);
    let sentence = "katas/counter.rs does not compile yet: rustc's first error is above";
    course.kata(&["check", "counter"], 1, &["error[E0609]", sentence]);
    course.kata(&["status"], 0, &["Next: counter", "does not compile yet"]);
    let token = "counter:no_update_is_lost:1+1:straight";
    course.kata(&["replay", token], 1, &[sentence]);
}

#[test]
fn what_cargo_says_of_its_work_is_not_shown_once_that_is_done() {
    let course = Course::new("right", &[("counter", RIGHT)]);
    let token = "counter:no_update_is_lost:1+1:straight";
    for arguments in [["check", "counter"], ["replay", token]] {
        let printed = course.kata(&arguments, 0, &["no_update_is_lost"]);
        for word in ["Finished `", "  Executable "] {
            assert!(!printed.contains(word), "{printed}");
        }
    }
}

#[test]
fn what_fails_can_be_opened_from_where_the_user_stands() {
    let course = Course::new("untouched", &[("counter", UNTOUCHED)]);
    let absolute = course.stub().display().to_string();
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for (stands_in, path) in [
        (course.root.clone(), "katas/counter.rs"),
        (course.root.join("katas"), "counter.rs"),
        (env::temp_dir(), &absolute),
    ] {
        let manifest = course.root.join("Cargo.toml");
        let test = [
            "test",
            "-p",
            "katas",
            "--test",
            "counter",
            "--manifest-path",
        ];
        let mut tested = course.command(&cargo);
        tested.args(test).arg(manifest);
        let mut checked = course.command(cargo_bin!("kata"));
        checked
            .args(["check", "counter"])
            .env("CARGO_MANIFEST_DIR", &course.root);
        for command in [&mut tested, &mut checked] {
            let command = command.current_dir(&stands_in).env("PWD", &stands_in);
            let printed = printed(&command.output().expect("the command"));
            let lines = ["Lines: ", &format!(" {path}:17"), &format!(" {path}:18")];
            has_all(&printed, &lines);
            let is_test = printed.contains("running 6 tests");
            let place = format!("\n{path}:18: no_update_is_lost: a lost update\n");
            assert_eq!(printed.contains(&place), !is_test, "{printed}");
            has_all(
                &printed,
                &["counter.rs fails no_update_is_lost, and 3 more."],
            );
        }
    }
}

#[test]
fn nextest_runs_the_checks_too() {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let course = Course::new("right", &[("counter", RIGHT)]);
    let nextest = |course: &Course, arguments: &[&str]| {
        let mut command = course.command(&cargo);
        let output = command.arg("nextest").args(arguments).output();
        output.expect("cargo")
    };
    if !nextest(&course, &["--version"]).status.success() {
        eprintln!("skipped: cargo-nextest is not installed");
        return;
    }
    let run = ["run", "-p", "katas", "--test", "counter", "--no-fail-fast"];
    let output = nextest(&course, &run);
    assert!(output.status.success(), "{}", printed(&output));
    has_all(&printed(&output), &["6 tests run: 6 passed"]);
    let course = Course::new("untouched", &[("counter", UNTOUCHED)]);
    let output = nextest(&course, &run);
    assert!(!output.status.success(), "{}", printed(&output));
    has_all(
        &printed(&output),
        &["6 tests run: 2 passed, 4 failed", "a lost update"],
    );
}

#[test]
fn what_is_left_in_the_environment_changes_nothing() {
    let course = Course::new("right", &[("counter", RIGHT)]);
    let output = course
        .command(cargo_bin!("kata"))
        .args(["check", "counter"])
        .env("KATA_REPLAY", "counter:no_update_is_lost:1+1:straight")
        .env("RUSTFLAGS", "--cfg loom")
        .output()
        .expect("the command");
    assert!(output.status.success(), "{}", printed(&output));
    has_all(
        &printed(&output),
        &["verified, all", "passes, with schedules"],
    );
}

#[test]
fn the_harness_takes_the_usual_arguments() {
    let course = Course::new("right", &[("counter", RIGHT)]);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let cases: &[(&[&str], i32, &[&str])] = &[
        (&["--list"], 0, &["no_update_is_lost: test"]),
        (&["no_update"], 0, &["running 1 test"]),
        (
            &["no_update", "--exact"],
            0,
            &["running 0 tests", "Nothing was checked"],
        ),
        (
            &["--nocapture", "--test-threads", "2"],
            0,
            &["test result: ok"],
        ),
        (&["--no-such-option"], 2, &["--no-such-option"]),
    ];
    for (arguments, code, texts) in cases {
        let output = course
            .command(&cargo)
            .args(["test", "-p", "katas", "--test", "counter", "--"])
            .args(*arguments)
            .output()
            .expect("cargo");
        assert_eq!(output.status.code(), Some(*code), "{}", printed(&output));
        has_all(&printed(&output), texts);
    }
}
