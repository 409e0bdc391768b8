//! `cargo kata run players`, from outside.
#![cfg(not(loom))]

mod command;

use command::check;
#[cfg(unix)]
use command::english;

fn players(arguments: &[&str], code: i32, texts: &[&str]) -> String {
    check(&[&["run", "players"], arguments].concat(), code, texts)
}

/// The list that ships.
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/katas/foot_2020.txt");

#[test]
fn the_players_of_a_nation_are_listed() {
    let printed = players(&["fr"], 0, &["Arnaud Lemaire, Stade Rennais, "]);
    assert!(
        printed.lines().all(|line| line.ends_with(" ans")),
        "{printed}"
    );
    assert_eq!(players(&["fr", LIST], 0, &[]), printed);
    assert_eq!(players(&["FR"], 0, &[]), "");
    players(&[], 1, &["Usage: cargo kata run players NATION [FILE]"]);
    players(
        &["nobody", file!()],
        0,
        &["line 1 is skipped: expected name:club:"],
    );
}

#[test]
fn arguments_that_are_too_many_are_ignored_and_are_no_file() {
    let printed = players(&["fr"], 0, &[]);
    assert_eq!(players(&["fr", LIST, "more", "--more"], 0, &[]), printed);
    let noted = players(&["fr", "no_such", "more"], 0, &["there is no file no_such"]);
    assert!(
        noted.ends_with(&printed) || noted.starts_with(&printed),
        "{noted}"
    );
}

#[test]
fn a_list_that_cannot_be_read_is_named() {
    let folder = env!("CARGO_MANIFEST_DIR");
    players(&["fr", "no_such"], 1, &["error: cannot open no_such: "]);
    let what = format!("error: cannot open {folder}: it is a folder");
    players(&["fr", folder], 1, &[&what]);
    // The default list: none, and one that is none.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let said = || {
        let output = command::command(&["run", "players", "fr"])
            .current_dir(elsewhere.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .expect("the command");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(said().starts_with("error: cannot open foot_2020.txt: it is neither here"));
    std::fs::create_dir(elsewhere.path().join("foot_2020.txt")).expect("a folder");
    assert_eq!(said(), "error: cannot open foot_2020.txt: it is a folder\n");
}

#[cfg(unix)]
#[test]
fn an_output_that_is_closed_or_full_ends_the_list() {
    use std::fs::File;
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;
    let start = |output: Stdio| {
        english()
            .args(["run", "players", "fr", "/dev/stdin"])
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command")
    };
    let line = b"A:B:c:1990:fr\n";
    let mut closed = start(Stdio::piped());
    let mut list = closed.stdin.take().expect("a pipe");
    list.write_all(line).expect("it reads");
    let mut printed = String::new();
    let mut output = BufReader::new(closed.stdout.take().expect("a pipe"));
    output.read_line(&mut printed).expect("it prints");
    assert!(printed.starts_with("A, B, "), "{printed}");
    drop(output);
    // Without end: until nobody reads any more.
    while list.write_all(line).is_ok() {}
    assert!(closed.wait().expect("it ends").success());
    if let Ok(full) = File::options().write(true).open("/dev/full") {
        let mut full = start(full.into());
        let mut list = full.stdin.take().expect("a pipe");
        list.write_all(line).expect("it reads");
        // More is to come, and it is not waited for.
        let output = full.wait_with_output().expect("it ends");
        drop(list);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(
            said.starts_with("error: cannot write to the standard output: "),
            "{said}"
        );
    }
}
