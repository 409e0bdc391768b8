//! What a teacher does with the files of a class.
#![cfg(not(loom))]

#[path = "../course/mod.rs"]
mod course;
mod limits;
#[path = "../schema/mod.rs"]
mod schema;

use course::{BY_CHANCE, Course, RIGHT, UNTOUCHED, learners_file, printed, with_increment, write};
use kata::curriculum;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A learner, the file, what it comes to, and what is said of it.
type Row = (&'static str, String, &'static str, &'static str);

/// Files of all kinds.
fn class() -> Vec<Row> {
    let adds = |increment| learners_file(with_increment(increment));
    let right = learners_file(RIGHT);
    let hidden = "mod q { pub use std::*; }\nstruct Tally";
    let looks = "q::fs::remove_dir(\"/none\").unwrap_err();\n        *self.count.lock() += 1;";
    let cheats = right
        .replace(RIGHT[1], looks)
        .replace("struct Tally", hidden);
    let check = "kata::counter::check::<Tally>()";
    let forged = "std::process::ExitCode::SUCCESS";
    vec![
        ("anna", right.clone(), "passed", ""),
        (
            "ben",
            learners_file(UNTOUCHED),
            "failed",
            "ben/counter.rs:18: no_update_is_lost: a lost update",
        ),
        (
            "carl",
            adds("self.cuont.fetch_add(1, SeqCst);"),
            "does not compile",
            "carl/counter.rs:17: error[E0609]: no field `cuont`",
        ),
        (
            "dora",
            adds("loop {}"),
            "ended early",
            "has not come to its next operation",
        ),
        (
            "eve",
            cheats,
            "refused",
            "eve/counter.rs:18: std::fs: a kata needs nothing from outside",
        ),
        (
            "finn",
            adds("std::process::abort()"),
            "ended early",
            "error: the checks were ended in the middle",
        ),
        (
            "gus",
            adds("todo!()"),
            "failed",
            "gus/counter.rs:17: counters_are_apart",
        ),
        (
            "hans",
            learners_file(BY_CHANCE),
            "inconclusive",
            "the same schedule led to another execution",
        ),
        (
            "ida",
            right.replace(check, forged),
            "ended early",
            "main: it no longer does what it did",
        ),
    ]
}

/// A course, and beside it a folder with one folder for each learner, and one for what is temporary.
struct School {
    course: Course,
    class: std::path::PathBuf,
    temporary: tempfile::TempDir,
}

impl School {
    fn new(name: &str, rows: &[Row]) -> School {
        let school = School::of(Course::with(name, "what stands here does not matter"));
        for (learner, text, ..) in rows {
            write(&school.class.join(learner).join("counter.rs"), text);
        }
        school
    }

    /// One without files.
    fn of(course: Course) -> School {
        let class = course.root.join("class");
        let _ = fs::remove_dir_all(&class);
        School {
            course,
            class,
            temporary: tempfile::tempdir().expect("a folder"),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.course.quick_kata(&["grade"]);
        command.args(arguments);
        command.env("TMPDIR", self.temporary.path());
        command
    }

    /// Grades, and leaves nothing behind.
    fn grade(&self, arguments: &[&str]) -> Output {
        let before = fs::read(self.course.stub()).expect("a file");
        let output = self.command(arguments).output().expect("the command");
        assert_eq!(fs::read(self.course.stub()).expect("a file"), before);
        assert!(!self.course.root.join(".kata").exists());
        assert!(is_empty(self.temporary.path()), "{}", printed(&output));
        output
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).expect("a folder").next().is_none()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn each_file_of_a_class_is_judged_by_itself_whatever_the_others_do() {
    let rows = class();
    let school = School::new("class", &rows);
    write(&school.class.join("notes.rs"), "");
    let output = school.grade(&["class"]);
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    let table = text(&output.stdout);
    let mut lines = table.lines();
    assert!(lines.next().is_some_and(|title| title.starts_with("file")));
    for (learner, _, result, said) in &rows {
        let row = lines.next().expect("a row");
        let file = format!("class/{learner}/counter.rs");
        assert!(row.starts_with(&file) && row.contains(result), "{row}");
        let why = if said.is_empty() {
            ""
        } else {
            lines.next().expect("why")
        };
        assert!(why.contains(said), "no `{said}` in {why}");
    }
    let summary = lines.last().expect("a summary");
    let counts = "9 files: 1 passed, 7 failed, 1 could not be told, in ";
    assert!(summary.starts_with(counts), "{summary}");
    let left_out = text(&output.stderr);
    assert!(
        left_out.contains("left out: class/notes.rs: "),
        "{left_out}"
    );
}

/// Without the times, which are others each time.
fn without_times(table: &str) -> String {
    let words = table.split_inclusive([' ', '\n']);
    let is_number = |word: &str| word.trim().parse::<f64>().is_ok();
    let words: Vec<&str> = words.collect();
    let is_time = |at: usize| {
        let unit = words.get(at + 1).map_or("", |word| word.trim());
        is_number(words[at]) && ["s", "s,", "s."].contains(&unit)
    };
    let kept = (0..words.len()).filter(|&at| !is_time(at) && words[at] != " ");
    kept.map(|at| words[at]).collect()
}

#[test]
fn the_table_in_the_readme_is_the_one_that_is_printed() {
    let readme = include_str!("../../README.md");
    let (_, shown) = readme.split_once("```text\nfile ").expect("a table");
    let (shown, _) = shown.split_once("```").expect("its end");
    let rows: Vec<Row> = class().into_iter().take(4).collect();
    let school = School::new("class-shown", &rows);
    let mut command = school.command(&["class/"]);
    // As many executions as usual: how many checks fail is part of it.
    command.env_remove("KATA_BUDGET").env_remove("KATA_CASES");
    let table = text(&command.output().expect("the command").stdout);
    assert_eq!(
        without_times(&table),
        without_times(&format!("file {shown}"))
    );
}

#[test]
fn a_program_can_read_what_a_class_came_to() {
    let rows: Vec<Row> = class().into_iter().take(3).collect();
    let school = School::new("class-read", &rows);
    let graded = |format: &str| {
        let output = school.grade(&["class", "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
        text(&output.stdout)
    };

    let json: serde_json::Value = serde_json::from_str(&graded("json")).expect("JSON");
    let of_results = serde_json::from_str(kata::results::JSON_SCHEMA).expect("JSON");
    assert_eq!(schema::faults(&of_results, &json), Vec::<String>::new());
    assert_eq!(json["passed"], false);
    // What is told of an execution is told of the file that was handed in, not of the course's own.
    let checks = json["submissions"][1]["kata"]["checks"].as_array();
    let mut checks = checks.expect("checks").iter();
    let failure = checks.find_map(|check| check["failure"]["files"].as_object());
    let file = failure.and_then(|files| files["katas/counter.rs"].as_str());
    assert_eq!(file, Some(rows[1].1.as_str()));

    let csv = graded("csv");
    let xml = graded("junit");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let suites = document.descendants();
    let mut suites = suites.filter(|node| node.has_tag_name("testsuite"));
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("file,kata,status,passed,checks_passed,checks,seconds,why")
    );
    for (index, (learner, _, result, said)) in rows.iter().enumerate() {
        let file = format!("class/{learner}/counter.rs");
        let submission = &json["submissions"][index];
        assert_eq!(submission["file"], file.as_str());
        assert_eq!(submission["kata"]["status"], result.replace(' ', "_"));
        let line = lines.next().expect("a line");
        assert!(
            line.starts_with(&format!("{file},counter,{result},")),
            "{line}"
        );
        assert!(line.contains(said), "{line}");
        let suite = suites.next().expect("a suite");
        assert_eq!(suite.attribute("name"), Some(file.as_str()));
        let has = |attribute| suite.attribute(attribute) != Some("0");
        let (fails, errs) = (*result == "failed", *result == "does not compile");
        assert_eq!((has("failures"), has("errors")), (fails, errs));
        assert_eq!(suite.attribute("tests"), Some("7"), "{xml}");
    }
}

#[test]
fn how_a_class_did_is_told_by_the_exit_code() {
    let rows = class();
    let school = School::new("class-codes", &rows);
    let anna = school.class.join("anna/counter.rs");
    let work = school.class.join("work.rs");
    fs::copy(&anna, &work).expect("a file");
    for (arguments, code, said) in [
        (&["class/anna"] as &[&str], 0, "1 file: 1 passed, 0 failed"),
        (&["class/work.rs", "--kata", "counter"], 0, "1 passed"),
        (
            &["class/anna", "class/hans/counter.rs"],
            3,
            "could not be told",
        ),
        (
            &["class/anna", "class/ben"],
            1,
            "2 files: 1 passed, 1 failed",
        ),
        (&["class/work.rs"], 2, "for which kata is it?"),
        (&["class/nobody"], 2, "class/nobody: "),
        (&["class", "--kata", "countr"], 2, "'counter'"),
        (&["class", "--limit", "0"], 2, "0 is not in 1..="),
        (&[], 2, "required"),
    ] {
        let output = school.grade(arguments);
        let printed = printed(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {printed}");
        assert!(printed.contains(said), "{arguments:?}: {printed}");
    }
}

/// What each check says of the file as it comes: a name, or what the check saw.
#[test]
fn of_each_untouched_file_something_is_said_that_is_so() {
    let katas = curriculum::all();
    let files: Vec<_> = katas.iter().map(|kata| (kata.name, UNTOUCHED)).collect();
    let school = School::of(Course::new("class-untouched", &files));
    for kata in katas {
        write(
            &school.class.join(format!("{}.rs", kata.name)),
            kata.original,
        );
    }
    let output = school.grade(&["class", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut said = String::new();
    for submission in json["submissions"].as_array().expect("submissions") {
        let kata = &submission["kata"];
        said += &format!("{}\n", kata["name"].as_str().expect("a name"));
        for check in kata["checks"].as_array().expect("checks") {
            let failure = &check["failure"];
            if let Some(what) = failure["what"].as_str() {
                let first = what.lines().next().unwrap_or_default();
                let check = check["name"].as_str().expect("a name");
                said += &format!("  {check}: {first}\n");
            }
        }
    }
    // Where the course is, is another place on each machine.
    let course = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    insta::assert_snapshot!("untouched_files", said.replace(course, ""));
}
