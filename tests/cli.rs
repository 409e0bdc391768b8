//! The command from outside, wherever no learner's file is needed: `stubs.rs` has the rest.
#![cfg(not(loom))]

mod command;

use command::english;
use command::{check, command};
use kata::curriculum;
use kata::explore::BackEnd;
use kata::explore::token::Token;
use std::{env, io};

#[test]
fn help_says_what_there_is() {
    insta::assert_snapshot!("help", check(&["--help"], 0, &[]));
    check(&["-h"], 0, &["Usage: cargo kata", "Examples:"]);
    check(
        &["help", "check"],
        0,
        &["Usage: cargo kata check", "--loom"],
    );
    check(
        &["run", "counter", "--help"],
        0,
        &["--threads", "[default: 2]", "5000000"],
    );
    check(&["show", "--help"], 0, &["no network", "--slip"]);
    check(&["--version"], 0, &[env!("CARGO_PKG_VERSION")]);
}

#[test]
fn every_kata_is_listed_with_its_file() {
    let printed = check(&["list"], 0, &["counter", "katas/counter.rs"]);
    let begins = |line: &&str| line.trim_start().starts_with(char::is_numeric);
    assert_eq!(
        printed.lines().filter(begins).count(),
        curriculum::all().len()
    );
}

/// The words, wherever the lines are broken.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_kata_has_a_brief_and_hints() {
    for kata in curriculum::all() {
        for (tier, hint) in (1..).zip(kata.hints()) {
            let printed = check(&["hint", kata.name, &format!("{tier}")], 0, &[]);
            assert!(words(&printed).contains(&words(&hint.text)), "{printed}");
        }
        let brief = kata.brief();
        let lines: Vec<&str> = (brief.lines())
            .filter(|line| !line.starts_with("```"))
            .collect();
        check(&["brief", kata.name], 0, &[&lines.join("\n")]);
        for number in 1..=3 {
            let printed = check(
                &["brief", kata.name, "--hints", &number.to_string()],
                0,
                &[],
            );
            for (index, hint) in kata.hints().iter().enumerate() {
                let is_there = words(&printed).contains(&words(&hint.text));
                assert_eq!(is_there, index < number, "{number} hints:\n{printed}");
            }
        }
    }
}

#[test]
fn a_wrong_command_line_is_explained() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["chek"], &["unrecognized subcommand 'chek'", "'check'"]),
        (
            &["check", "countr"],
            &["invalid value 'countr'", "'counter'"],
        ),
        (&["check", "counter", "--lom"], &["'--lom'", "'--loom'"]),
        (
            &["check", "counter", "--only", "no_update"],
            &["no check `no_update`", "no_update_is_lost"],
        ),
        (
            &["check", "--only", "no_update_is_lost"],
            &["is about one kata"],
        ),
        (&["brief"], &["<NAME>"]),
        (&["brief", "countr"], &["'counter'"]),
        (
            &["brief", "counter", "--hints", "4"],
            &["4 is not in 1..=3"],
        ),
        (&["hint", "counter", "4"], &["4 is not in 1..=3"]),
        (&["watch", "counter"], &["needs a terminal"]),
        (&["check", "--format", "jsn"], &["'json'"]),
        (&["check", "katas/countr.rs"], &["katas/countr.rs: "]),
        (
            &["check", "src/lib.rs"],
            &["src/lib.rs is none of the files", "cargo kata grade"],
        ),
        (&["grade"], &["FILE or FOLDER"]),
        (
            &["grade", "src/lib.rs"],
            &["for which kata is it?", "--kata"],
        ),
        (&["show", "countr"], &["no kata `countr`", "counter"]),
        (
            &["show", "counter", "--slip", "no_lok"],
            &["`counter` has no slip `no_lok`; it has no_lock, "],
        ),
        (&["site"], &["<DIR>"]),
        (
            &["play", "counter", "--slip", "no_lock", "--check", "none"],
            &["no check `none`", "no_update_is_lost"],
        ),
        (&["run"], &["counter"]),
        (&["run", "countr"], &["'counter'"]),
        (&["dev", "chek"], &["'check'"]),
        (&["completions", "bsh"], &["'bash'"]),
        (&["completions"], &["<SHELL>"]),
        (&["replay"], &["<TOKEN>"]),
        (
            &["replay", "counter"],
            &["is not a token", "expected KATA:CHECK:WORKLOAD:SCHEDULE"],
        ),
        (
            &["replay", "countr:a:1+1:straight"],
            &["no kata `countr`", "counter"],
        ),
        (
            &["replay", "counter:no_update:1+1:straight"],
            &["no check `no_update`", "no_update_is_lost"],
        ),
        (
            &["replay", "counter:no_update_is_lost:1+1:1-0"],
            &["`1-0` is not a step"],
        ),
        (
            &[
                "replay",
                "counter:no_update_is_lost:many:straight",
                "--solution",
            ],
            &["error: "],
        ),
        (
            &[
                "replay",
                "counter:no_update_is_lost:1+1:straight",
                "--slip",
                "no_lok",
            ],
            &["has no slip `no_lok`", "no_lock"],
        ),
        (
            &[
                "replay",
                "a:b:c:straight",
                "--slip",
                "no_lock",
                "--solution",
            ],
            &["error: "],
        ),
    ];
    for (arguments, texts) in cases {
        check(arguments, 2, texts);
    }
}

#[test]
fn outside_a_course_it_says_where_to_go() {
    for arguments in [&[] as &[&str], &["status"], &["check"], &["dev", "check"]] {
        let assert = command(arguments)
            .env_remove("CARGO_MANIFEST_DIR")
            .current_dir(env::temp_dir())
            .assert()
            .code(2);
        let printed = String::from_utf8_lossy(&assert.get_output().stderr);
        assert!(printed.contains("has `katas/Cargo.toml`"), "{printed}");
    }
}

#[test]
fn a_slip_fails_in_its_execution_and_the_solution_does_not() {
    for kata in curriculum::all() {
        let is_native = |slip: &&curriculum::Slip| slip.is_caught_under(BackEnd::Exhaustive);
        let slip = kata.slips.iter().find(is_native).expect("a slip");
        let checks = (slip.checks)();
        let check_of_slip = checks
            .iter()
            .find(|check| check.name == slip.caught_by)
            .expect("the check that catches it");
        let verdict = kata::sync::explore(
            check_of_slip,
            BackEnd::Exhaustive,
            &kata::harness::options(),
        );
        let failure = verdict.failure().expect("a failure");
        let token = Token {
            kata: kata.name.to_owned(),
            check: slip.caught_by.to_owned(),
            workload: failure.workload.clone(),
            schedule: failure.schedule.clone().expect("a schedule"),
        }
        .to_string();
        let replayed = check(&["replay", &token, "--slip", slip.name], 1, &[&token]);
        assert_eq!(
            check(&["replay", &token, "--slip", slip.name], 1, &[]),
            replayed
        );
        check(
            &["replay", &token, "--solution"],
            0,
            &["holds in this execution"],
        );
    }
}

#[test]
fn a_slip_can_be_shown_as_one_page_that_needs_no_network() {
    let page = env::temp_dir().join(format!("kata-show-{}.html", std::process::id()));
    let path = page.to_str().expect("a path in UTF-8");
    let token = "counter:no_update_is_lost:1+1:1-1";
    for what in ["counter", token] {
        check(&["show", what, "--slip", "no_lock", "-o", path], 0, &[path]);
        let text = std::fs::read_to_string(&page).expect("a page");
        for part in ["a lost update", token, "self.count.store", "fetch_add"] {
            assert!(text.contains(part), "no `{part}` in the page");
        }
        assert!(!text.contains("http") && !text.contains("{{"));
    }
    std::fs::remove_file(&page).expect("a page to remove");
    let passes = "counter:no_update_is_lost:1+1:straight";
    let shown = ["show", passes, "--slip", "no_lock", "-o", path];
    check(&shown, 0, &["nothing to show"]);
    check(
        &["show", "counter", "--slip", "no_lock", "-o", "/"],
        2,
        &["/: "],
    );
}

#[test]
fn who_plays_can_break_a_slip_undo_and_quit() {
    let play = |keys: &str| {
        let assert = command(&["play", "counter", "--slip", "no_lock"])
            .write_stdin(keys)
            .assert()
            .success();
        String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
    };
    let broken = play("1\n2\n1\nq\n");
    for text in [
        "adder-2: load count",
        "You broke it: a lost update",
        "You needed 1 disturbance",
        "counter:no_update_is_lost:1+1:1-1",
    ] {
        assert!(broken.contains(text), "no `{text}` in:\n{broken}");
    }
    let sound = play("1\n1\nq\n");
    assert!(sound.contains("the check holds"), "{sound}");
    assert!(play("1\n1\nu\n2\n1\n").contains("You broke it"));
    assert!(play("1\nr\n1\n2\n1\n").contains("You broke it"));
    assert!(play("3\n\nx\n").contains("`3` is none of these"));
}

#[test]
fn every_check_of_the_solutions_is_in_the_table() {
    // What is known of them `tests/verified.rs` asks: of this the least will do.
    let mut verify = command(&["verify"]);
    let ended = verify
        .env("KATA_BUDGET", "1")
        .env("KATA_CASES", "1")
        .output();
    let ended = ended.expect("the command");
    assert!(ended.status.success(), "{ended:?}");
    let printed = String::from_utf8(ended.stdout).expect("UTF-8");
    assert!(printed.contains("cargo kata verify --loom"), "{printed}");
    for kata in curriculum::all() {
        for check in (kata.solution)() {
            let row = format!("| `{}` | `{}` | not refuted ", kata.name, check.name);
            assert!(printed.contains(&row), "no `{row}` in:\n{printed}");
        }
    }
}

#[test]
fn the_schema_of_the_results_can_be_had() {
    let printed = check(&["dev", "schema"], 0, &["json-schema.org"]);
    assert_eq!(printed, kata::results::JSON_SCHEMA);
}

/// All that can be asked for, by the names of the verbs.
fn verbs(of: &[String], all: &mut Vec<Vec<String>>) {
    let arguments: Vec<&str> = of.iter().map(String::as_str).chain(["--help"]).collect();
    let help = check(&arguments, 0, &[]);
    all.push(of.to_vec());
    let commands = help
        .split_once("Commands:\n")
        .map_or("", |(_, after)| after);
    let lines = commands.lines().take_while(|line| line.starts_with("  "));
    for verb in lines.filter(|line| !line.starts_with("   ")) {
        let verb = verb.split_whitespace().next().expect("a name");
        if verb != "help" {
            verbs(&[of, &[verb.to_owned()]].concat(), all);
        }
    }
}

#[test]
fn nothing_that_is_printed_to_be_read_is_wider_than_a_terminal() {
    let mut all = Vec::new();
    verbs(&[], &mut all);
    assert!(all.contains(&vec!["run".to_owned(), "chat-server".to_owned()]));
    let mut asked: Vec<Vec<String>> = vec![vec!["list".to_owned()]];
    asked.extend(
        all.into_iter()
            .map(|verb| [verb, vec!["--help".to_owned()]].concat()),
    );
    for kata in curriculum::all() {
        asked.push(vec!["brief".to_owned(), kata.name.to_owned()]);
        asked.push(["hint", kata.name, "3"].map(str::to_owned).to_vec());
    }
    for arguments in asked {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let assert = command(&arguments).env("COLUMNS", "80").assert().success();
        let printed = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
        let wide = printed
            .lines()
            .find(|line| kata::timeline::width(line) > 80);
        assert_eq!(wide, None, "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [
        &["list"] as &[&str],
        &["completions", "bash"],
        &["run", "counter"],
        &["run", "ping-pong"],
    ] {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let mut command = english();
        let output = command
            .args(arguments)
            .stdout(writer)
            .output()
            .expect("the command");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), said.as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
