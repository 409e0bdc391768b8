//! The command, run as a user would.

#[path = "../spoken/mod.rs"]
mod spoken;

use assert_cmd::Command;
pub use spoken::english;

/// The command with these arguments, in a terminal of 100 columns.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::from_std(english());
    command.args(arguments).env("COLUMNS", "100");
    command
}

/// Runs the command, expects this exit code and these texts, and returns what it printed.
#[track_caller]
pub fn check(arguments: &[&str], code: i32, texts: &[&str]) -> String {
    let output = command(arguments).output().expect("the command");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8(printed).expect("UTF-8");
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}:\n{printed}"
    );
    for text in texts {
        assert!(
            printed.contains(text),
            "{arguments:?}: no `{text}` in:\n{printed}"
        );
    }
    assert!(!printed.contains('\x1b'), "colour in a pipe:\n{printed}");
    printed
}
