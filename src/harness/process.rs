//! Running the checks in a process of their own, so that what ends it can be explained.

use std::env;
use std::io::Write;
use std::process::{Command, ExitCode, ExitStatus};

/// Set in the process that runs the checks.
const INSIDE: &str = "KATA_INSIDE";

/// The exit code of failed tests, to which cargo adds no explanation of its own.
pub(super) const FAILED_TESTS: u8 = 101;

/// Runs `checks` in a second process with the same arguments, and explains it if that one dies.
///
/// A stack that overflows and a call of `abort` end a process at once: nothing in it could say so.
pub(super) fn guarded(checks: impl FnOnce() -> ExitCode) -> ExitCode {
    if env::var_os(INSIDE).is_some() {
        return checks();
    }
    let inside = env::current_exe().and_then(|itself| {
        let mut command = Command::new(itself);
        command.args(env::args_os().skip(1)).env(INSIDE, "yes");
        command.status()
    });
    let Ok(status) = inside else {
        // Without the second process there is no explanation, but the checks are the same.
        return checks();
    };
    match status.code().map(u8::try_from) {
        Some(Ok(code)) => ExitCode::from(code),
        _ => {
            // There is nowhere left to say that this fails.
            let _ = writeln!(anstream::stderr(), "{}", explain(status));
            ExitCode::from(FAILED_TESTS)
        }
    }
}

fn explain(status: ExitStatus) -> String {
    format!(
        "\n\nerror: the checks were ended in the middle of the one named last ({status}).\n\n\
         A function that calls itself without end overflows its stack, \
         and so\ndo very large local variables: a thread has 2 MiB. Nor can a process go on after `abort`, or after a panic in a destructor that runs because \
         of a panic."
    )
}
