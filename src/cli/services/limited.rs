//! A process that may run for so long, say and write so much, and no more.
//!
//! To how much memory it may have, and how large a file may become, the operating system sees, by `ulimit`: on
//! Unix, and of these macOS lets a process have as much memory as it likes.

// What waits here waits for a process, which nobody explores.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::group;
use kata::text;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
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
    /// On its standard output, and then on its standard error.
    pub said: String,
    /// What it wanted more of than it may have, if that ended it.
    pub exceeded: Option<String>,
}

/// The most bytes that it may say: a disk has room for those of all processes of a class.
const MOST: u64 = 16 << 20;

/// The most bytes that may stand in its folder, and on Unix in each file that it writes.
const MOST_WRITTEN: u64 = 256 << 20;

/// What the smallest file takes of a disk.
const BLOCK: u64 = 4 << 10;

/// How much memory it may have; the checks of a kata need a fortieth of that.
#[cfg(unix)]
const MOST_MEMORY: u64 = 2 << 30;

/// How often it is looked at, and its folder.
const PAUSE: Duration = Duration::from_millis(10);
const PAUSE_OF_FOLDER: Duration = Duration::from_millis(100);

/// Somebody wants all of them to end.
static ARE_TO_END: AtomicBool = AtomicBool::new(false);

/// Ends all processes that run, and those that are yet to be started: each [`run`] fails with
/// [`ErrorKind::Interrupted`].
pub fn end_all() {
    ARE_TO_END.store(true, Ordering::SeqCst);
}

/// Runs it with nothing to read, and with this folder for what it and its own processes write beside. What it
/// starts ends with it, or before.
pub fn run(command: Command, folder: &Path, limit: Limit) -> io::Result<Ended> {
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let mut command = restricted(command);
    command
        .stdin(Stdio::null())
        .stdout(stdout.try_clone()?)
        .stderr(stderr.try_clone()?);
    // On Unix it is the first of them, on Windows one of the others.
    for variable in ["TMPDIR", "TMP", "TEMP"] {
        command.env(variable, folder);
    }
    let mut child = group::spawn(&mut command)?;
    let status = watch(&mut child, [&stdout, &stderr], folder, limit);
    group::end(&mut child);
    let status = status?;
    let said = read(&mut stdout)? + "\n" + &read(&mut stderr)?;
    let (status, exceeded) = match status {
        Ok(status) if status.success() => (Some(status), None),
        Ok(status) => (Some(status), exceeded(status, &said)),
        Err(why) => (None, Some(text!("{why} and was ended", why))),
    };
    Ok(Ended {
        status,
        said,
        exceeded,
    })
}

/// Waits for its end; or says why it has to be ended.
fn watch(
    child: &mut Child,
    says: [&File; 2],
    folder: &Path,
    limit: Limit,
) -> io::Result<Result<ExitStatus, String>> {
    let began = Instant::now();
    let mut looked = began;
    loop {
        if let Some(status) = child.try_wait()? {
            group::end_rest(child);
            return Ok(Ok(status));
        }
        if ARE_TO_END.load(Ordering::SeqCst) {
            return Err(ErrorKind::Interrupted.into());
        }
        if began.elapsed() > limit.0 {
            let seconds = limit.0.as_secs();
            return Ok(Err(text!("it ran for {seconds} s", seconds)));
        }
        let [stdout, stderr] = says;
        if stdout.metadata()?.len() + stderr.metadata()?.len() > MOST {
            let size = MOST >> 20;
            return Ok(Err(text!("it printed more than {size} MiB", size)));
        }
        if looked.elapsed() > PAUSE_OF_FOLDER {
            if size(folder) > MOST_WRITTEN {
                let size = MOST_WRITTEN >> 20;
                let why = text!("it wrote more than {size} MiB into its folder", size);
                return Ok(Err(why));
            }
            looked = Instant::now();
        }
        thread::sleep(PAUSE);
    }
}

/// How much of a disk the files there take, about. What goes meanwhile is nothing.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => BLOCK + size(&entry.path()),
        Ok(metadata) => metadata.len().max(BLOCK),
        Err(_) => 0,
    });
    sizes.sum()
}

/// The same, which lets the operating system see to what nobody else can.
#[cfg(unix)]
fn restricted(command: Command) -> Command {
    // Nobody may be allowed more than before, and to be allowed less is no fault. Files are counted in
    // blocks of 512 bytes, and memory in KiB.
    let script = format!(
        "{{ ulimit -c 0; ulimit -f {}; ulimit -d {}; }} 2>/dev/null; exec \"$@\"",
        MOST_WRITTEN / 512,
        MOST_MEMORY / 1024
    );
    let mut within = Command::new("sh");
    within.args(["-c", &script, "sh"]);
    within.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => within.env(name, value),
            None => within.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        within.current_dir(folder);
    }
    within
}

#[cfg(not(unix))]
fn restricted(command: Command) -> Command {
    command
}

/// What of that was too little for it, by how it ended, and what it said of one that it had started.
#[cfg(unix)]
fn exceeded(status: ExitStatus, said: &str) -> Option<String> {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    if said.contains("memory allocation of ") {
        let size = MOST_MEMORY >> 30;
        Some(text!("it asked for more memory than {size} GiB", size))
    } else if status.signal() == Some(Signal::XFSZ.as_raw()) || said.contains("SIGXFSZ") {
        let size = MOST_WRITTEN >> 20;
        Some(text!("it wrote more than {size} MiB into a file", size))
    } else {
        None
    }
}

#[cfg(not(unix))]
fn exceeded(_: ExitStatus, _: &str) -> Option<String> {
    None
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
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new("sh");
        command.args(["-c", script]).current_dir(&folder);
        run(command, folder.path(), Limit(limit)).expect("a shell")
    }

    #[test]
    fn what_ends_by_itself_has_its_code_and_all_that_it_said() {
        let ended = shell("echo out; echo err >&2; exit 7", Duration::from_secs(600));
        assert_eq!(ended.status.and_then(|status| status.code()), Some(7));
        assert_eq!((&*ended.said, ended.exceeded), ("out\n\nerr\n", None));
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
            (
                "while true; do head -c 1000000 /dev/zero > $$.$((number += 1)); done",
                Duration::from_secs(600),
                "it wrote more than 256 MiB into its folder",
            ),
        ] {
            let ended = shell(script, limit);
            assert!(ended.status.is_none(), "{script}");
            assert!(
                ended.exceeded.is_some_and(|told| told.starts_with(why)),
                "{script}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_does_not_grow_without_end_wherever_it_is() {
        let elsewhere = tempfile::NamedTempFile::new().expect("a file");
        let script = format!("truncate -s 1G {}", elsewhere.path().display());
        let ended = shell(&script, Duration::from_secs(600));
        assert!(!ended.status.is_some_and(|status| status.success()));
        assert_eq!(elsewhere.as_file().metadata().expect("a file").len(), 0);
    }
}
