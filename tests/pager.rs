//! Briefs on a terminal, page by page.
#![cfg(all(unix, not(loom)))]

mod spoken;
mod terminal;

use spoken::english;
use std::process::Command;
use terminal::Session;

fn brief(pager: &str) -> Command {
    let mut command = english();
    command.args(["brief", "counter"]).env("PAGER", pager);
    command
}

#[test]
fn a_brief_on_a_terminal_goes_through_the_pager_that_is_asked_for() {
    for (pager, title) in [
        ("sed s/^#/paged#/", "paged# Kata 1"),
        ("cat", "# Kata 1"),
        ("", "# Kata 1"),
        ("kata-no-such-pager", "# Kata 1"),
    ] {
        let mut session = Session::start(brief(pager));
        session.sees(title);
        // To the end, also of what is longer than the terminal.
        session.sees("Sequential");
        assert!(session.ends().success(), "{pager}");
    }
}

#[test]
fn who_has_read_enough_leaves_the_pager_and_that_is_no_error() {
    let mut session = Session::start(brief("head -n 1"));
    session.sees("# Kata 1");
    assert!(session.ends().success());
}

#[test]
fn what_is_no_terminal_gets_the_whole_brief() {
    let output = brief("false").output().expect("the command");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("Sequential"),
        "{said}"
    );
}
