//! What a learner and a teacher do with a file, from the first check to the solution.
#![cfg(not(loom))]

mod course;
mod schema;

use assert_cmd::cargo::cargo_bin;
use course::{
    BY_CHANCE, Course, DEADLOCK, RIGHT, UNTOUCHED, learners_file, printed, with_increment,
};
use kata::curriculum;
use std::fs;

fn original() -> &'static str {
    curriculum::all()[0].original
}

/// What the command prints to its standard output, and its exit code.
fn run(course: &Course, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = course.command(cargo_bin!("kata"));
    let output = command.args(arguments).output().expect("the command");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (said, output.status.code())
}

#[test]
fn a_session_goes_from_the_first_check_to_the_solution() {
    let course = Course::with("session", original());
    course.kata(&["list"], 0, &["not begun"]);
    course.kata(&["hint", "counter"], 0, &["Hint 1 of 3:"]);
    course.kata(&["check", "counter"], 1, &["cargo kata hint counter"]);
    course.kata(
        &["hint", "counter"],
        0,
        &["Hint 2 of 3, for a lost update:"],
    );
    // What came with the course fails, and that says nothing of the learner.
    course.kata(&["list"], 0, &["not begun"]);
    course.kata(&["solution", "counter"], 1, &["--force"]);
    course.kata(&["solution", "counter", "--force"], 0, &["struct Locked"]);

    course.save(&learners_file(DEADLOCK));
    course.kata(&["list"], 0, &["begun"]);
    course.kata(&["hint", "counter"], 0, &["Hint 3 of 3:"]);
    course.kata(&["hint", "counter", "1"], 0, &["Hint 1 of 3:"]);

    course.save(&learners_file(RIGHT));
    let next = ["--loom", "solution counter", "brief latch"];
    course.kata(&["check", "counter"], 0, &["passes, with schedules"]);
    course.kata(&["check", "counter"], 0, &next);
    course.kata(&["list"], 0, &["passes"]);
    let texts = [
        "struct Locked",
        "AtomicU64",
        "Other ways that pass",
        "atomic_add",
    ];
    course.kata(&["solution", "counter"], 0, &texts[..1]);

    course.save(original());
    course.kata(&["list"], 0, &["has passed, changed since"]);
    course.kata(&["check", "counter"], 1, &["fails no_update_is_lost"]);
    course.kata(&["list"], 0, &["fails no_update_is_lost"]);
    course.kata(
        &["solution", "counter"],
        0,
        &["src/curriculum/counter/solution.rs"],
    );
}

#[test]
fn the_page_of_a_learners_file_has_the_game_on_that_file() {
    let course = Course::with("page", original());
    let page = course.root.join(".kata/counter.html");
    let written = page.to_str().expect("a path in UTF-8");
    course.kata(&["show", "counter"], 0, &[written]);
    let has_the_game = || {
        let text = fs::read_to_string(&page).expect("a page");
        let command = "cargo kata play counter --check no_update_is_lost\"";
        for words in [command, "\"complete\":true", "counter.rs"] {
            assert!(text.contains(words), "no `{words}` in the page");
        }
    };
    has_the_game();
    let token = "counter:no_update_is_lost:1+1:1-1";
    course.kata(&["show", token], 0, &[written]);
    has_the_game();
    course.save(&learners_file(RIGHT));
    course.kata(&["show", "counter"], 0, &["nothing to show"]);
}

#[test]
fn what_is_reset_is_kept() {
    let course = Course::with("reset", "mine");
    let kept = |number: u8| {
        let path = format!(".kata/backups/counter-{number}.rs");
        fs::read_to_string(course.root.join(path)).ok()
    };
    course.kata(&["reset", "counter"], 0, &[".kata/backups/counter-1.rs"]);
    course.kata(&["reset", "counter"], 0, &["nothing to reset"]);
    course.save("mine too");
    course.kata(&["reset", "counter"], 0, &[".kata/backups/counter-2.rs"]);
    assert_eq!(
        fs::read_to_string(course.stub()).expect("a file"),
        original()
    );
    assert_eq!(kept(1).as_deref(), Some("mine"));
    assert_eq!(kept(2).as_deref(), Some("mine too"));
    fs::remove_file(course.stub()).expect("a file to remove");
    course.kata(&["reset", "counter"], 0, &["was gone, and is there again"]);
    fs::write(course.stub(), [0xff, 0xfe]).expect("a file");
    course.kata(&["reset", "counter"], 0, &[".kata/backups/counter-3.rs"]);
    assert_eq!(
        fs::read_to_string(course.stub()).expect("a file"),
        original()
    );
}

#[test]
fn what_is_remembered_wrongly_is_as_if_forgotten() {
    let course = Course::with("forgetful", original());
    for memory in ["", "{", "[]", "{\"solved\": 3}"] {
        fs::create_dir_all(course.root.join(".kata")).expect("a folder");
        fs::write(course.root.join(".kata/counter.json"), memory).expect("a file");
        course.kata(&["list"], 0, &["katas/counter.rs"]);
        course.kata(&["hint", "counter"], 0, &["Hint 1 of 3:"]);
    }
}

/// The file, the exit code, and what the results say of it.
#[test]
fn programs_can_read_the_results() {
    let whole = |increment| learners_file(with_increment(increment));
    let gone = original().replace("fn main", "fn gone");
    let silent = original().replace(
        "kata::counter::check::<Tally>()",
        "std::process::ExitCode::SUCCESS",
    );
    let fake = original().replace("fn main", "mod kata { }\nfn main");
    let renamed = original()
        .replace("Tally", "Count")
        .replace("<Count>", "<Tally>");
    let unseen = learners_file([
        RIGHT[0],
        "std::thread::yield_now(); *self.count.lock() += 1;",
        RIGHT[2],
    ]);
    let cases: &[(String, i32, &str, &str)] = &[
        (learners_file(RIGHT), 0, "passed", "verified"),
        (learners_file(UNTOUCHED), 1, "failed", "a lost update"),
        (
            learners_file(BY_CHANCE),
            3,
            "inconclusive",
            "the same schedule led to another execution",
        ),
        (
            whole("self.cuont.load(SeqCst);"),
            1,
            "does_not_compile",
            "E0609",
        ),
        (
            whole("std::process::exit(0)"),
            1,
            "ended_early",
            "std::process::exit: it ends",
        ),
        (unseen, 1, "refused", "std::thread::yield_now"),
        (silent, 1, "ended_early", "is to check the file. Put back"),
        (gone, 1, "does_not_compile", "no main"),
        (fake, 1, "does_not_compile", "belongs to the course"),
        (
            renamed,
            1,
            "does_not_compile",
            "the file declares none of that name",
        ),
        (
            "unsafe fn f() {}".to_owned(),
            1,
            "does_not_compile",
            "\"unsafe\"",
        ),
    ];
    let of_results = serde_json::from_str(kata::results::JSON_SCHEMA).expect("JSON");
    let course = Course::with("results", original());
    for (file, code, status, text) in cases {
        course.save(file);
        let (json, exit) = run(&course, &["check", "counter", "--format", "json"]);
        let results: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(exit, Some(*code), "{json}");
        assert_eq!(schema::faults(&of_results, &results), Vec::<String>::new());
        assert_eq!(results["schema"], 2);
        assert_eq!(results["passed"], *code == 0, "{json}");
        assert_eq!(results["katas"][0]["status"], *status, "{json}");
        assert!(json.contains(text), "no `{text}` in {json}");

        let (xml, exit) = run(&course, &["check", "counter", "--format", "junit"]);
        assert_eq!(exit, Some(*code), "{xml}");
        let has_failed = xml.contains("<failure ") || xml.contains("<error ");
        assert_eq!(has_failed, *code == 1, "{xml}");
        let is_inconclusive = xml.contains("<skipped type=\"inconclusive\"");
        assert_eq!(is_inconclusive, *code == 3, "{xml}");
        assert!(xml.ends_with("</testsuites>\n"), "{xml}");
    }
}

#[test]
fn a_main_that_checks_nothing_is_named() {
    let check = "kata::counter::check::<Tally>()";
    let text = original().replace(check, "std::process::ExitCode::SUCCESS");
    let course = Course::with("silent", &text);
    let sentences = [
        "katas/counter.rs:34: main: it no longer does what it did",
        "katas/counter.rs ends before its checks do, or without running them.",
    ];
    course.kata(&["check", "counter"], 1, &sentences);
    let forged = "std::fs::write(std::env::var(\"KATA_RESULTS\").unwrap(), \"{}\").unwrap();";
    let forging = text.replace(
        "std::process::ExitCode::SUCCESS",
        &format!("{forged}\n{check}"),
    );
    course.save(&forging);
    course.kata(
        &["check", "counter"],
        1,
        &["std::env: ", "std::fs: ", "main: "],
    );
}

#[test]
fn what_a_file_hides_behind_re_exports_is_named() {
    let hidden = "mod q { pub use std::*; }\nmod z { pub use ::kata::*; }\n";
    let course = Course::with("hidden", original());
    for (learners, name) in [
        (
            [
                "count: q::sync::Mutex<u64>",
                "*self.count.lock().unwrap() += 1;",
                "*self.count.lock().unwrap()",
            ],
            "std::sync::Mutex: ",
        ),
        (
            [
                "count: z::curriculum::counter::solution::Locked",
                "self.count.increment()",
                "self.count.value()",
            ],
            "kata::curriculum: ",
        ),
        (
            [
                RIGHT[0],
                "q::fs::remove_dir(\"/none\").unwrap_err(); *self.count.lock() += 1;",
                RIGHT[2],
            ],
            "std::fs: ",
        ),
    ] {
        let file =
            learners_file(learners).replace("struct Tally", &format!("{hidden}struct Tally"));
        let file = match name {
            "kata::curriculum: " => file.replace(
                "Tally { count: Default::default() }",
                "Tally { count: Counter::new() }",
            ),
            _ => file,
        };
        course.save(&file);
        course.kata(&["check", "counter"], 1, &[name]);
    }
}

#[test]
fn a_manifest_that_leads_elsewhere_is_named() {
    let course = Course::with("elsewhere", original());
    std::fs::write(course.root.join("katas/right.rs"), learners_file(RIGHT)).unwrap();
    let manifest = std::fs::read_to_string(course.root.join("katas/Cargo.toml")).unwrap();
    let elsewhere = manifest.replace("path = \"counter.rs\"", "path = \"right.rs\"");
    assert_ne!(manifest, elsewhere);
    std::fs::write(course.root.join("katas/Cargo.toml"), elsewhere).unwrap();
    let sentences = [
        "katas/Cargo.toml builds ",
        "right.rs in the place of ",
        "git checkout",
    ];
    course.kata(&["check", "counter"], 1, &sentences);
}

#[test]
fn a_file_that_does_not_compile_for_a_reason_that_we_know_is_answered() {
    let course = Course::with("answered", &original().replace("fn main", "fn gone"));
    let sentence = "counter.rs:36: no main: it checks the file. Its last lines are to be:";
    course.kata(&["check", "counter"], 1, &["E0601", sentence]);
    course.save(&original().replace("use kata::sync", "use parking_lot::Mutex;\nuse kata::sync"));
    let unused = course.kata(&["check", "counter"], 1, &["unresolved import"]);
    assert!(!unused.contains("In the file itself"), "{unused}");
}

type Variables = &'static [(&'static str, &'static str)];

/// The variables, whether they ask for ASCII, and how wide the terminal is.
const POOR_TERMINALS: [(Variables, bool, usize); 6] = [
    (&[("TERM", "dumb")], true, 40),
    (&[("LC_ALL", "C")], true, 60),
    (&[("LC_ALL", "POSIX"), ("LANG", "fr_FR.UTF-8")], true, 80),
    (&[("LANG", "fr_FR.ISO-8859-1")], true, 40),
    (&[("NO_COLOR", "1"), ("LANG", "fr_FR.UTF-8")], false, 40),
    (&[("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8")], false, 60),
];

#[test]
fn text_is_plain_where_nothing_else_can_be_shown() {
    let course = Course::with("plain", original());
    let token = "counter:no_update_is_lost:1+1:1-1";
    for (variables, ascii, width) in POOR_TERMINALS {
        let run = |arguments: &[&str]| {
            let mut command = course.command(cargo_bin!("kata"));
            for variable in ["LC_ALL", "LC_CTYPE", "LANG", "TERM"] {
                command.env_remove(variable);
            }
            command.args(arguments).stdin(std::process::Stdio::null());
            command.envs(variables.iter().copied());
            let output = command.env("COLUMNS", width.to_string()).output();
            let said = printed(&output.expect("the command"));
            assert!(!said.contains('\x1b'), "{said}");
            assert!(!ascii || said.is_ascii(), "{variables:?}:\n{said}");
            said
        };
        run(&["brief", "counter"]);
        run(&["hint", "counter", "3"]);
        run(&["play", "counter", "--slip", "no_lock"]);
        for timeline in [
            &["check", "counter"] as &[&str],
            &["replay", token, "--slip", "no_lock"],
        ] {
            let said = run(timeline);
            let is_narrow = |line: &str| line.chars().count() <= width;
            // They are to be copied, or to be clicked.
            let in_one_piece = |line: &str| {
                line.starts_with("Replay:") || line.contains(".rs:") && line.contains(": a lost")
            };
            // What cargo says comes after the rest.
            let end = said.find("Brief: ").unwrap_or(said.len());
            let mut lines = said[..end].lines().filter(|line| !in_one_piece(line));
            assert!(lines.all(is_narrow), "{said}");
        }
        let list = run(&["list"]);
        let is_narrow = |line: &str| line.chars().count() <= width;
        assert!(
            list.contains(".rs") && list.lines().all(is_narrow),
            "{list}"
        );
    }
}

#[test]
fn colour_can_be_asked_for() {
    let course = Course::with("colourful", original());
    for (variables, is_coloured) in [
        (&[("CLICOLOR_FORCE", "1")] as Variables, true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[], false),
    ] {
        let mut command = course.command(cargo_bin!("kata"));
        let token = "counter:no_update_is_lost:1+1:1-1";
        command.args(["replay", token, "--slip", "no_lock"]);
        command.envs(variables.iter().copied());
        let said = command.output().expect("the command").stdout;
        let said = String::from_utf8_lossy(&said).into_owned();
        assert_eq!(said.contains('\x1b'), is_coloured, "{variables:?}: {said}");
    }
}
