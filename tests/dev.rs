//! `cargo kata dev`: a kata is made, and what is missing in one is said with what mends it.
#![cfg(not(loom))]

mod course;

use assert_cmd::cargo::cargo_bin;
use course::{Course, UNTOUCHED, has_all, printed};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A course with copies of these parts of this one.
fn course_with(name: &str, parts: &[&str]) -> Course {
    // Nothing of the last time.
    let _ = fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    let course = Course::new(name, &[("counter", UNTOUCHED)]);
    for part in parts {
        let original = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
        copy(&original, &course.root.join(part));
    }
    course
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("a copy");
    }
}

fn change(course: &Course, path: &str, change: impl Fn(String) -> String) {
    let path = course.root.join(path);
    let text = fs::read_to_string(&path).expect("a text");
    let changed = change(text.clone());
    assert!(changed != text, "nothing has changed in {}", path.display());
    fs::write(&path, changed).expect("a file");
}

const LISTS: [&str; 3] = ["src/curriculum/mod.rs", "katas/Cargo.toml", "README.md"];

#[test]
fn a_new_kata_is_a_folder_and_stands_in_the_lists_after_the_other_one() {
    let course = course_with("dev_new", &LISTS);
    let new = ["dev", "new", "count_down", "--after", "stock"];
    let said = course.kata(&new, 0, &["cargo kata dev check count_down"]);
    let folder = course.root.join("src/curriculum/count_down");
    let contract = fs::read_to_string(folder.join("contract.rs")).expect("a contract");
    assert!(contract.contains("pub trait CountDown: "), "{contract}");
    let stub = fs::read_to_string(folder.join("stub.rs")).expect("a stub");
    for brief in ["brief.md", "brief.fr.md"] {
        let brief = fs::read_to_string(folder.join(brief)).expect("a brief");
        assert!(brief.contains("\nbuilds on: stock\n") && brief.contains("TODO"));
    }
    let learners = fs::read_to_string(course.root.join("katas/count_down.rs"));
    assert_eq!(learners.ok(), Some(stub));
    for (path, places) in [
        (
            "src/curriculum/mod.rs",
            ["stock: Stock,", "count_down: CountDown,", "relay: Relay,"],
        ),
        (
            "katas/Cargo.toml",
            ["\"stock.rs\"", "\"count_down.rs\"", "\"relay.rs\""],
        ),
        (
            "README.md",
            ["\n| `stock`", "\n| `count_down`", "\n| `relay`"],
        ),
    ] {
        assert!(said.contains(path), "{said}");
        let text = fs::read_to_string(course.root.join(path)).expect("a list");
        let places = places.map(|place| text.find(place).expect(place));
        assert!(places.is_sorted(), "{path}: {places:?}");
    }
    is_formatted(&folder);
}

/// By rustfmt, if there is one.
fn is_formatted(folder: &Path) {
    for file in [
        "contract.rs",
        "checks.rs",
        "solution.rs",
        "stub.rs",
        "slips/two_steps.rs",
    ] {
        let mut rustfmt = Command::new("rustfmt");
        rustfmt
            .args(["--edition", "2024", "--check"])
            .arg(folder.join(file));
        if let Ok(output) = rustfmt.output() {
            assert!(output.status.success(), "{}", printed(&output));
        }
    }
}

#[test]
fn a_new_kata_takes_the_place_of_nothing() {
    let course = course_with("dev_taken", &LISTS);
    let cases = [
        ("stock", "there is a kata `stock`"),
        ("Latch", "small letters"),
        ("two__words", "small letters"),
        ("../latch", "small letters"),
        (
            "workload",
            "`workload` is taken: there is src/curriculum/workload.rs",
        ),
    ];
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/curriculum/workload.rs"),
        &course.root.join("src/curriculum/workload.rs"),
    );
    let before = LISTS.map(|path| fs::read_to_string(course.root.join(path)).ok());
    for (name, why) in cases {
        course.kata(&["dev", "new", name, "--after", "stock"], 2, &[why]);
    }
    let after = LISTS.map(|path| fs::read_to_string(course.root.join(path)).ok());
    assert!(before == after, "a list has changed");
}

#[test]
fn what_is_missing_is_said_with_what_mends_it() {
    let parts = [
        "README.md",
        "katas/Cargo.toml",
        "src/curriculum/counter",
        "tests/snapshots",
    ];
    let course = course_with("dev_check", &parts);
    let row = |text: String, row: &str| -> String {
        let lines = text.lines().filter(|line| !line.starts_with(row));
        lines.map(|line| line.to_owned() + "\n").collect()
    };
    change(&course, "README.md", |text| {
        let text = row(text, "| `counter` | threads add");
        row(text, "| `counter` | `no_update_is_lost`")
    });
    change(&course, "katas/Cargo.toml", |text| {
        text.replace("\"counter\"", "\"count\"")
    });
    change(&course, "src/curriculum/counter/contract.rs", |text| {
        text + "// TODO: more\n"
    });
    change(&course, "src/curriculum/counter/brief.fr.md", |text| {
        let text = row(text, "## En code");
        let text = text.replacen("count → 0", "count → 1", 1);
        text.replace(
            "    for: SeenTooLate, SelfDeadlock\n",
            "    for: SeenTooLate\n",
        )
    });
    let snapshots = course.root.join("tests/snapshots");
    for kept in ["no_lock__engine", "no_lock__loom"] {
        fs::remove_file(snapshots.join(format!("counter__{kept}.snap"))).expect("a drawing");
    }
    let drawing = "tests/snapshots/counter__gives_up__engine.snap";
    change(&course, drawing, |text| {
        text.replace("gives_up.rs", "gave_up.rs")
    });
    fs::write(snapshots.join("counter__gone__engine.snap"), "").expect("a drawing");
    let slip = "src/curriculum/counter/slips/not_listed.rs";
    fs::write(course.root.join(slip), "").expect("a slip");
    course.kata(
        &["dev", "check", "counter"],
        1,
        &[
            "FAIL  test target: there is none\n        in katas/Cargo.toml: [[test]] with name",
            "FAIL  texts: src/curriculum/counter/contract.rs:",
            "FAIL  brief shows, fr: is not as it is drawn now\n        INSTA_UPDATE=always cargo test",
            "FAIL  translation, fr: hint 3 is for other patterns than in brief.md\n        in front of \
             src/curriculum/counter/brief.fr.md: for: SeenTooLate, SelfDeadlock\n",
            "FAIL  translation, fr: has the block ```rust, where brief.md has the heading \
             `In code`\n        in src/curriculum/counter/brief.fr.md, ",
            "FAIL  slips: not_listed is in no list\n        write not_listed into the list",
            "FAIL  README: is not in the table of katas",
            "FAIL  README, verified: there is no row for no_update_is_lost\n        INSTA_UPDATE",
            "FAIL  stub: katas/counter.rs is not src/curriculum/counter/stub.rs",
            "        cp src/curriculum/counter/stub.rs katas/counter.rs\n",
            "ok    check no_update_is_lost: refuses no_lock\n",
            "ok    slip no_lock: caught by no_update_is_lost (generated schedules, exhaustive)\n",
            "there is no counter__no_lock__engine.snap\n        INSTA_UPDATE=always cargo test",
            "there is no counter__no_lock__loom.snap\n        RUSTFLAGS=\"--cfg loom\" INSTA",
            "counter__gives_up__engine.snap is not as it is drawn now\n",
            "counter__gone__engine.snap is of no slip\n        rm tests/snapshots/counter__gone",
            "1 kata, ",
        ],
    );
}

#[test]
fn a_brief_that_is_missing_in_a_language_is_found() {
    let parts = [
        "README.md",
        "katas/Cargo.toml",
        "katas/latch.rs",
        "src/curriculum/latch",
        "tests/snapshots",
    ];
    let course = course_with("dev_translation", &parts);
    let brief = "src/curriculum/latch/brief.fr.md";
    fs::remove_file(course.root.join(brief)).expect("a brief");
    // What it explores says nothing about briefs.
    let mut command = course.command(cargo_bin!("kata"));
    command
        .args(["dev", "check", "latch"])
        .env("KATA_BUDGET", "1");
    let output = command.output().expect("the command");
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    has_all(
        &printed(&output),
        &[
            "ok    brief: ",
            "FAIL  brief, fr: there is none\n        write src/curriculum/latch/brief.fr.md",
            "ok    promises: ",
        ],
    );
}
