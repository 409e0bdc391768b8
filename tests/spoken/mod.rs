//! The command, speaking English whatever the language of who runs the tests.

use assert_cmd::cargo::cargo_bin;
use std::process::Command;

/// The command of this build. Tests have it from here or from a course, and from nowhere else:
/// `tests/languages.rs` sees to that.
pub fn english() -> Command {
    let mut command = Command::new(cargo_bin!("kata"));
    command.env("KATA_LANG", "en");
    command
}
