//! `cargo kata play`, by keys in a real terminal and by lines; and with what it begins.
#![cfg(all(unix, not(loom)))]

mod command;
mod course;
mod terminal;

use command::english;
use command::{check, command};
use course::{Course, RIGHT, learners_file};
use kata::curriculum;
use terminal::Session;

fn in_terminal(arguments: &[&str]) -> Session {
    let mut command = english();
    command.args(arguments);
    Session::start(command)
}

#[test]
fn single_keys_break_a_slip_undo_and_quit() {
    let mut session = in_terminal(&["play", "counter", "--slip", "no_lock"]);
    session.sees("1-2, u(ndo), r(estart) or q(uit)? ");
    assert!(session.is_raw());
    // No key is followed by Enter.
    for (key, shown) in [
        ("2", "2  adder-1: load count"),
        // What is no answer changes nothing.
        ("7", ""),
        ("2", "1  adder-1: store count"),
        ("u", "1  adder-2: store count"),
        // Backspace is undo, too.
        ("\x7f", "1  adder-1: load count"),
        ("1", "1  adder-1: store count"),
        ("1", "It ended, and the check holds"),
        ("r", "1  adder-1: load count"),
        ("2", "1  adder-2: store count"),
        ("2", "1  adder-1: store count"),
        ("2", "You broke it: a lost update."),
    ] {
        session.press(key);
        session.sees(shown);
    }
    session.sees("1 is enough");
    session.press("q");
    assert_eq!(session.ends().code(), Some(0));
}

#[test]
fn a_terminal_that_is_too_small_shows_what_is_new() {
    let mut session = in_terminal(&["play", "relay", "--slip", "never_lost"]);
    session.sees("q(uit)? ");
    session.resize(60, 12);
    session.press("1");
    session.sees("q(uit)? ");
    session.press("\x03");
    assert_eq!(session.ends().code(), Some(0));
}

/// What `play` says first, of nobody who plays.
fn begins(arguments: &[&str]) -> String {
    let ended = command(arguments).write_stdin("").assert().success();
    String::from_utf8_lossy(&ended.get_output().stdout).into_owned()
}

#[test]
fn it_begins_with_the_session_that_fails() {
    for (arguments, begins_with) in [
        (
            &["counter", "--slip", "no_lock"] as &[&str],
            "no_update_is_lost, with two adders, one increment each:",
        ),
        // The first session on the list of each of these cannot be broken.
        (
            &["ping_pong", "--slip", "one_condvar_notify_one"],
            "turns_alternate, with one ping, two turns; two pongs, one turn each:",
        ),
        (
            &["bounded_queue", "--slip", "close_wakes_one"],
            "close_ends_every_get, with two consumers and one closer:",
        ),
        (
            &[
                "counter",
                "--slip",
                "no_lock",
                "--check",
                "value_is_never_behind",
            ],
            "value_is_never_behind, with two adders: two increments by adder-1, one by adder-2:",
        ),
    ] {
        let said = begins(&[&["play"], arguments].concat());
        assert_eq!(said.lines().next(), Some(begins_with), "{said}");
    }
}

#[test]
fn who_cannot_break_it_is_told_why() {
    let loom = "weak memory only, which loom explores";
    for (verb, nothing) in [("play", "nothing to play: "), ("show", "nothing to show: ")] {
        check(
            &[verb, "counter", "--slip", "relaxed_spin_lock"],
            1,
            &[nothing, loom],
        );
    }
    let other = [
        "play",
        "counter",
        "--slip",
        "counts_twice",
        "--check",
        "counters_are_apart",
    ];
    let why = "`counters_are_apart` passes, and `one_increment_adds_one` is what catches";
    check(&other, 0, &[why]);
    let only = ["play", "bounded_queue", "--slip", "last_in_first_out"];
    let said = check(
        &only,
        0,
        &["there is only one order", "item 1 should be next"],
    );
    assert!(
        !said.contains("You broke it") && !said.contains("u(ndo)"),
        "{said}"
    );
}

#[test]
fn a_learners_file_is_played_with_what_breaks_it() {
    let original = curriculum::all()[0].original;
    let course = Course::with("played", original);
    // Nothing is known of it yet.
    course.kata(
        &["play", "counter"],
        0,
        &["two adders, one increment each:"],
    );
    let named = ["play", "counter", "--check", "value_is_never_behind"];
    course.kata(&named, 0, &["two increments by adder-1, one by adder-2:"]);
    course.save(&learners_file(RIGHT));
    let passes = [
        "nothing to play: it passes",
        "cargo kata check counter --loom",
    ];
    course.kata(&["play", "counter"], 0, &passes);
}

#[test]
fn the_page_is_named_by_an_address_in_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("a page.html");
    let path = page.to_str().expect("a path in UTF-8");
    let mut session = in_terminal(&["show", "counter", "--slip", "no_lock", "-o", path]);
    session.sees("Open it in a browser: file:///");
    session.sees("a%20page.html");
    assert_eq!(session.ends().code(), Some(0));
    check(
        &["show", "counter", "--slip", "no_lock", "-o", path],
        0,
        &[path],
    );
}
