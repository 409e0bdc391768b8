//! `cargo kata watch` in a real terminal.
#![cfg(all(unix, not(loom)))]

mod course;
mod terminal;

use assert_cmd::cargo::cargo_bin;
use course::{Course, RIGHT, learners_file, with_increment};
use kata::curriculum;
use rustix::process::Signal;
use terminal::Session;

/// Rows enough for every verdict.
const TALL: u16 = 120;

fn watch(course: &Course) -> Session {
    let mut command = course.command(cargo_bin!("kata"));
    command.args(["watch", "counter"]);
    Session::start_with(command, TALL)
}

#[test]
fn a_saved_file_is_checked_and_keys_lead_on() {
    let original = curriculum::all()[0].original;
    let course = Course::with("watched", original);
    let mut session = watch(&course);
    session.sees("a lost update");
    // The verdict has come: what is known earlier is shown earlier.
    session.sees("Brief: cargo kata brief counter");
    session.sees("q quit");
    assert!(session.is_raw());
    session.press("h");
    session.sees("Hint 1 of 3");
    session.press("h");
    session.sees("Hint 2 of 3, for a lost update");
    session.press("q");
    session.sees("q quit");
    session.press("h");
    session.sees("Hint 2 of 3");
    session.press("s");
    session.sees("Step 1 of");
    session.press(" ");
    session.sees("Step 2 of");
    session.press("b");
    session.sees("What you write");
    session.press("l");
    session.sees("not begun");
    session.press("q");
    session.sees("q quit");

    course.save(&learners_file(with_increment("self.cuont.load(SeqCst);")));
    session.sees("does not compile yet");
    session.sees("q quit");
    course.save(&learners_file(with_increment("loop {}")));
    // What hangs is seen to run, and what is known of it already is said.
    session.sees("an empty loop");
    session.sees("Checking katas/counter.rs … ");
    session.sees("has not come to its next operation");
    session.sees("q quit");
    course.save(&learners_file(with_increment("std::process::abort()")));
    session.sees("were ended in the middle");
    session.sees("q quit");
    course.save(&learners_file(RIGHT));
    session.sees("passes, with schedules");
    session.sees("q quit");
    session.press("r");
    session.sees("y yes");
    session.press("y");
    session.sees("a lost update");
    session.sees("q quit");
    session.press("q");
    assert!(session.ends().success());
}

#[test]
fn what_is_shown_fits_the_terminal_also_after_a_stop() {
    let original = curriculum::all()[0].original;
    let course = Course::with("fitted", original);
    let mut command = course.command(cargo_bin!("kata"));
    command
        .args(["watch", "counter"])
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1");
    let mut session = Session::start_with(command, TALL);
    session.sees(
        "What went wrong: a lost update. adder-1 read 0 from count (counter.rs:25), then\r\n",
    );
    session.sees("q quit");
    session.resize(60, TALL);
    session.kill(Signal::WINCH);
    session.sees("What went wrong: a lost update. adder-1 read 0 from count\r\n");
    session.sees("q quit");
    session.press("\x1a");
    session.stops();
    session.resize(40, TALL);
    session.kill(Signal::CONT);
    session.sees("What went wrong: a lost update. adder-1\r\n");
    session.sees("q quit");
    assert!(session.is_raw());
    session.take_for_lines();
    session.sees("q quit");
    assert!(session.is_raw());
    session.press("q");
    assert!(session.ends().success());
}

#[test]
fn what_does_not_fit_is_shown_page_by_page() {
    let original = curriculum::all()[0].original;
    let course = Course::with("paged", original);
    let mut command = course.command(cargo_bin!("kata"));
    command
        .args(["watch", "counter"])
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1");
    let mut session = Session::start(command);
    session.sees("Checking");
    // It begins with the end, which is what went wrong, ...
    session.sees("What went wrong: a lost update.");
    session.sees("[counter] lines ");
    session.sees("q quit");
    session.press("\x1b[A");
    session.sees("no_update_is_lost — failed with");
    session.sees("How small: ");
    session.sees("[counter] lines ");
    session.sees("q quit");
    // ... and before that stands what was checked.
    for _ in 0..5 {
        session.press("\x1b[A");
    }
    session.sees("counters_are_apart           verified, all ");
    session.sees("[counter] lines 1-");
    session.sees("q quit");
    session.press("b");
    session.sees("# Kata 1: the shared counter");
    session.sees("[counter] lines 1-");
    session.sees("q done");
    for _ in 0..9 {
        session.press(" ");
    }
    session.sees("Sequential");
    session.press("q");
    session.sees("q quit");
    session.press("q");
    assert!(session.ends().success());
}

#[test]
fn the_terminal_is_given_back_however_it_ends() {
    let original = curriculum::all()[0].original;
    let course = Course::with("left", original);
    for signal in [
        None,
        Some(Signal::INT),
        Some(Signal::TERM),
        Some(Signal::HUP),
    ] {
        let mut session = watch(&course);
        // In the middle of a check.
        session.sees("Checking");
        match signal {
            None => session.press("\x03"),
            Some(signal) => session.kill(signal),
        }
        session.ends();
    }
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    let original = curriculum::all()[0].original;
    let course = Course::with("gone", original);
    for view in ["", "b"] {
        let mut session = watch(&course);
        session.sees("q quit");
        session.press(view);
        session.sees(if view.is_empty() { "" } else { "q done" });
        session.goes_away();
    }
}
