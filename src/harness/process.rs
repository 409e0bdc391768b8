//! Running the checks in a process of their own, so that what ends it can be explained.

// A signal handler can do no more than set a flag, and no exploration sees it.
#![allow(clippy::disallowed_types)]

use crate::explore::{Alarm, Options};
use crate::text;
use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command, ExitCode, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};

/// Names a file that the process that runs the checks removes when it has come to its end.
const UNFINISHED: &str = "KATA_UNFINISHED";

/// Somebody asked this process to end.
static IS_TO_END: AtomicBool = AtomicBool::new(false);

/// The exit code of what was interrupted, as shells have it.
const INTERRUPTED: u8 = 130;

/// The exit code of what was asked for in a wrong way.
pub(super) const USAGE: u8 = 2;

/// The exit code of failed tests, to which cargo adds no explanation of its own.
pub(super) const FAILED_TESTS: u8 = 101;

/// The exit code of checks of which none failed, and not all could tell.
pub const INCONCLUSIVE: u8 = 3;

/// The exit code of a process in which code never came to its next operation.
const HUNG: i32 = 124;

/// How the course explores: as the environment asks for. What hangs ends the process.
pub fn options() -> Options {
    Options {
        alarm,
        ..Options::of_environment()
    }
}

#[allow(clippy::exit)]
fn alarm(alarm: Alarm<'_>) {
    // Not by `eprintln`, whose text a test would keep until it ends.
    let mut stderr = io::stderr();
    let _ = match alarm {
        Alarm::Abort(why) => writeln!(stderr, "\n\n{why}\n"),
        Alarm::Hang(why) => {
            let _ = writeln!(stderr, "\n\n{why}");
            process::exit(HUNG)
        }
    };
}

/// True in the second process, in which the checks run.
pub(super) fn is_second() -> bool {
    env::var_os(UNFINISHED).is_some()
}

/// Runs `checks` in a second process with the same arguments, and explains it if that one ends
/// before they do.
///
/// A stack that overflows and calls of `abort` or `exit` end a process at once: nothing in it could
/// say so.
pub(super) fn guarded(checks: impl FnOnce() -> ExitCode) -> ExitCode {
    if let Some(unfinished) = env::var_os(UNFINISHED) {
        let code = checks();
        // Should it stay, this end will look like one that came too early.
        let _ = fs::remove_file(unfinished);
        return code;
    }
    let unfinished = env::temp_dir().join(format!("kata-unfinished-{}", process::id()));
    let status = File::create(&unfinished).and_then(|_| run_inside(&unfinished));
    let has_finished = !unfinished.exists();
    let _ = fs::remove_file(&unfinished);
    match status {
        // Without the second process there is no explanation, but the checks are the same.
        Err(_) => checks(),
        Ok(_) if IS_TO_END.load(Ordering::SeqCst) => ExitCode::from(INTERRUPTED),
        Ok(status) if has_finished => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(FAILED_TESTS))
        }
        Ok(status) => {
            // The name of the test that ran stands there, without an end.
            let _ = writeln!(anstream::stdout());
            if status.code() != Some(HUNG) {
                // There is nowhere left to say that this fails.
                let _ = writeln!(anstream::stderr(), "{}", explain(status));
            }
            ExitCode::from(FAILED_TESTS)
        }
    }
}

fn run_inside(unfinished: &Path) -> io::Result<ExitStatus> {
    let itself: PathBuf = env::current_exe()?;
    let mut command = Command::new(itself);
    command.args(env::args_os().skip(1));
    let mut child = command.env(UNFINISHED, unfinished).spawn()?;
    let id = child.id();
    // So that nothing stays behind: neither the second process nor its file.
    let _ = ctrlc::set_handler(move || {
        IS_TO_END.store(true, Ordering::SeqCst);
        kill(id);
    });
    child.wait()
}

#[cfg(unix)]
fn kill(id: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(id) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // It may be gone already.
        let _ = kill_process(id, Signal::KILL);
    }
}

#[cfg(windows)]
fn kill(id: u32) {
    use std::process::Stdio;
    let mut command = Command::new("taskkill");
    command.args(["/F", "/T", "/PID", &id.to_string()]);
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
    // It may be gone already.
    let _ = quiet.stderr(Stdio::null()).status();
}

#[cfg(not(any(unix, windows)))]
fn kill(_: u32) {}

/// True if the signal that ended it came from outside.
#[cfg(unix)]
fn was_killed(status: ExitStatus) -> bool {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    let outside = [Signal::KILL, Signal::TERM, Signal::HUP, Signal::INT];
    let signal = status.signal();
    outside.iter().any(|kill| Some(kill.as_raw()) == signal)
}

#[cfg(not(unix))]
fn was_killed(_: ExitStatus) -> bool {
    false
}

fn explain(status: ExitStatus) -> String {
    let why = match status.code() {
        Some(_) => {
            text!(
                "The code called `std::process::exit`: a thread ends by returning, and a check by \
             what it finds."
            )
        }
        None if was_killed(status) => {
            text!(
                "Somebody else ended them: a time limit does that, and so does a machine without memory."
            )
        }
        None => {
            text!(
                "A function that calls itself without end overflows its stack, and so do very large\n\
             local variables: a thread has 2 MiB. Nor can a process go on after `abort`, or after\n\
             a panic in a destructor that runs because of a panic."
            )
        }
    };
    format!(
        "\n\n{}",
        text!(
            "error: the checks were ended in the middle of the one named last ({status}).\n\n{why}",
            status,
            why
        )
    )
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn whoever_ended_the_checks_is_named() {
        let cases = [
            (9, "a time limit"),
            (15, "a time limit"),
            (6, "`abort`"),
            (11, "stack"),
            (1 << 8, "`std::process::exit`"),
        ];
        for (status, expected) in cases {
            let text = explain(ExitStatus::from_raw(status));
            assert!(text.contains(expected), "{status}: {text}");
        }
    }
}
