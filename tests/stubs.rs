//! Learners' files of all kinds, run as learners run them: in a course of their own, by cargo.
//!
//! Each file is a test target of its own, so that what one of them does spoils no other.
#![cfg(not(loom))]

use assert_cmd::cargo::cargo_bin;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// What a file keeps, and how it adds and reads; the rest is the same in all of them.
const UNTOUCHED: [&str; 3] = [
    "count: AtomicU64",
    "let seen = self.count.load(SeqCst);\n        self.count.store(seen + 1, SeqCst);",
    "self.count.load(SeqCst)",
];
const RIGHT: [&str; 3] = [
    "count: Mutex<u64>",
    "*self.count.lock() += 1;",
    "*self.count.lock()",
];
const DEADLOCK: [&str; 3] = [
    "count: Mutex<u64>",
    "let _held = self.count.lock();\n        *self.count.lock() += 1;",
    "*self.count.lock()",
];

fn with_increment(increment: &'static str) -> [&'static str; 3] {
    let [field, _, value] = UNTOUCHED;
    [field, increment, value]
}

fn learners_file([field, increment, value]: [&str; 3]) -> String {
    format!(
        "//! A learner's file.
#![allow(unused)]
use kata::counter::Counter;
use kata::sync::Mutex;
use kata::sync::atomic::{{AtomicU64, Ordering::SeqCst}};

struct Tally {{
    {field},
}}

impl Counter for Tally {{
    fn new() -> Self {{
        Tally {{ count: Default::default() }}
    }}

    fn increment(&self) {{
        {increment}
    }}

    fn value(&self) -> u64 {{
        {value}
    }}
}}

fn main() -> std::process::ExitCode {{
    kata::counter::check::<Tally>()
}}
"
    )
}

/// A course whose package `katas` has these files.
struct Course {
    root: PathBuf,
}

impl Course {
    /// In the same place every time, so that cargo only builds what has changed.
    fn new(name: &str, files: &[(&str, [&str; 3])]) -> Course {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let crate_root = env!("CARGO_MANIFEST_DIR");
        let manifest = fs::read_to_string(format!("{crate_root}/Cargo.toml")).expect("a manifest");
        // With the same profile and lock file the dependencies are those already built.
        let profile = manifest
            .split("\n[")
            .filter(|section| section.starts_with("profile."))
            .fold(String::new(), |text, section| text + "\n[" + section)
            + "\n[profile.dev.package.concurrency-katas]\nopt-level = 1\n";
        write(
            &root.join("Cargo.toml"),
            &format!("[workspace]\nmembers = [\"katas\"]\nresolver = \"3\"\n{profile}"),
        );
        // The version keeps the courses apart, which are built in one target folder.
        let mut package = format!(
            "[package]\nname = \"katas\"\nversion = \"0.0.0-{name}\"\nedition = \"2024\"\nautotests = false\n\n\
             [dependencies]\nkata = {{ package = \"concurrency-katas\", path = {crate_root:?} }}\n\n\
             [lib]\npath = \"lib.rs\"\n"
        );
        for (target, learners) in files {
            let path = if *target == "counter" {
                "01_counter"
            } else {
                target
            };
            package += &format!(
                "\n[[test]]\nname = \"{target}\"\npath = \"{path}.rs\"\nharness = false\n"
            );
            let file = root.join(format!("katas/{path}.rs"));
            write(&file, &learners_file(*learners));
        }
        write(&root.join("katas/Cargo.toml"), &package);
        write(&root.join("katas/lib.rs"), "");
        let lock = root.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(format!("{crate_root}/Cargo.lock"), lock).expect("the lock file");
        }
        Course { root }
    }

    /// A command in this course, without what cargo has set for this test.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        command
            .current_dir(&self.root)
            .env_remove("CARGO_MANIFEST_DIR")
            .env("CARGO_TARGET_DIR", target.expect("the target folder"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("KATA_WATCHDOG_SECONDS", "1")
            .env("RUST_BACKTRACE", "0")
            .env("COLUMNS", "100");
        command
    }

    /// Runs the command `kata`, and expects this exit code and these texts.
    #[track_caller]
    fn kata(&self, arguments: &[&str], code: i32, texts: &[&str]) -> String {
        let mut command = self.command(cargo_bin!("kata"));
        let output = command.args(arguments).output().expect("the command");
        assert_eq!(output.status.code(), Some(code), "{}", printed(&output));
        has_all(&printed(&output), texts)
    }
}

/// Writes a file unless it is like that already.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn printed(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

#[track_caller]
fn has_all(printed: &str, texts: &[&str]) -> String {
    for text in texts {
        assert!(printed.contains(text), "no `{text}` in:\n{printed}");
    }
    printed.to_owned()
}

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
            &["were ended in the middle", "overflows its stack"],
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
            "katas/01_counter.rs fails ",
            "cargo kata check counter",
        ],
    );
    assert!(said.lines().count() <= 10, "too long:\n{said}");
    let said = course.kata(
        &["check", "counter"],
        1,
        &[
            "01_counter.rs:",
            "katas/01_counter.rs does not pass yet",
            "cargo kata brief counter",
        ],
    );
    let (_, token) = said.split_once("cargo kata replay ").expect("a token");
    let token = token.split_whitespace().next().expect("a token");
    course.kata(&["replay", token], 1, &[token, "01_counter.rs:"]);
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
        &[
            "katas/01_counter.rs passes",
            "cargo kata check counter --loom",
        ],
    );
}

#[test]
fn a_file_that_does_not_compile_is_named() {
    let broken = with_increment("self.cuont.fetch_add(1, SeqCst);");
    let course = Course::new("broken", &[("counter", broken)]);
    let sentence = "katas/01_counter.rs does not compile yet: rustc's first error is above";
    course.kata(&["check", "counter"], 1, &["error[E0609]", sentence]);
    course.kata(&["status"], 0, &["Next: counter", "does not compile yet"]);
    let token = "counter:no_update_is_lost:1+1:straight";
    course.kata(&["replay", token], 1, &[sentence]);
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
        &["exhaustive: verified", "passes with schedules"],
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
