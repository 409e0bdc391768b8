//! A process that may run for so long, and say so much, and no more.

// What waits here waits for a process, which nobody explores.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::group;
use kata::text;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a process may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit(pub Duration);

/// How a process ended, and what it had said until then.
#[derive(Debug)]
pub struct Ended {
    /// With what it ended, if it did so by itself.
    pub status: Option<ExitStatus>,
    /// On its standard output, and then on its standard error; and why it was ended, if it was.
    pub said: String,
}

/// The most bytes that it may say: a disk has room for those of all processes of a class.
const MOST: u64 = 16 << 20;

/// How often it is looked at.
const PAUSE: Duration = Duration::from_millis(10);

/// Somebody wants all of them to end.
static ARE_TO_END: AtomicBool = AtomicBool::new(false);

/// Ends all processes that run, and those that are yet to be started: each [`run`] fails with
/// [`ErrorKind::Interrupted`].
pub fn end_all() {
    ARE_TO_END.store(true, Ordering::SeqCst);
}

/// Lets what it writes beside, and what its own processes do, go into this folder.
pub fn keep_in(command: &mut Command, folder: &Path) {
    // On Unix it is the first of them, on Windows one of the others.
    for variable in ["TMPDIR", "TMP", "TEMP"] {
        command.env(variable, folder);
    }
}

/// Runs it with nothing to read. What it starts ends with it, or before.
pub fn run(command: &mut Command, limit: Limit) -> io::Result<Ended> {
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    command
        .stdin(Stdio::null())
        .stdout(stdout.try_clone()?)
        .stderr(stderr.try_clone()?);
    let mut child = group::spawn(command)?;
    let began = Instant::now();
    let said = |stdout: &File, stderr: &File| -> io::Result<u64> {
        Ok(stdout.metadata()?.len() + stderr.metadata()?.len())
    };
    let status = loop {
        if let Some(status) = child.try_wait()? {
            group::end_rest(&child);
            break Ok(status);
        }
        if ARE_TO_END.load(Ordering::SeqCst) {
            group::end(&mut child);
            return Err(ErrorKind::Interrupted.into());
        }
        if began.elapsed() > limit.0 {
            break Err(text!("it ran for {seconds} s", seconds = limit.0.as_secs()));
        }
        if said(&stdout, &stderr)? > MOST {
            break Err(text!("it printed more than {size} MiB", size = MOST >> 20));
        }
        thread::sleep(PAUSE);
    };
    group::end(&mut child);
    let mut both = read(&mut stdout)? + "\n" + &read(&mut stderr)?;
    if let Err(why) = &status {
        both += &format!("\n{}\n", text!("error: {why} and was ended", why));
    }
    Ok(Ended {
        status: status.ok(),
        said: both,
    })
}

fn read(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MOST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Ended {
        let mut command = Command::new("sh");
        run(command.args(["-c", script]), Limit(limit)).expect("a shell")
    }

    #[test]
    fn what_ends_by_itself_has_its_code_and_all_that_it_said() {
        let ended = shell("echo out; echo err >&2; exit 7", Duration::from_secs(600));
        assert_eq!(ended.status.and_then(|status| status.code()), Some(7));
        assert_eq!(ended.said, "out\n\nerr\n");
    }

    #[test]
    fn what_takes_too_long_or_says_too_much_is_ended_with_all_that_it_has_started() {
        for (script, limit, why) in [
            (
                "tail -f /dev/null & wait",
                Duration::ZERO,
                "it ran for 0 s and was ended",
            ),
            (
                "yes | cat",
                Duration::from_secs(600),
                "it printed more than 16 MiB",
            ),
        ] {
            let ended = shell(script, limit);
            assert!(ended.status.is_none(), "{script}");
            assert!(ended.said.contains(why), "{script}");
        }
    }
}
