//! A process with all that it starts: they end together.

// What waits here waits for processes, which nobody explores.
#![allow(clippy::disallowed_methods)]

use std::io;
use std::process::{Child, Command};
#[cfg(unix)]
use std::{thread, time::Duration};

/// Starts it in a group of its own.
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.spawn()
}

/// Ends it, with all that it has started, and waits for it.
pub fn end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    end_all(child.id());
    // It may be gone already, and that is all that is wanted.
    let _ = child.kill();
    let _ = child.wait();
}

/// Ends what a process that has just ended has left behind.
pub fn end_rest(child: &Child) {
    end_all(child.id());
}

/// Waits until it has ended. Its number stays its own until it is waited for with [`Child::wait`].
pub fn await_end(child: &Child) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let id = pid(child.id()).ok_or(io::ErrorKind::InvalidInput)?;
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        rustix::io::retry_on_intr(|| waitid(WaitId::Pid(id), options))?;
    }
    let _ = child;
    Ok(())
}

/// Ends the process of this number with all that it has started, and does not wait for that.
pub fn kill(id: u32) {
    // They may be gone already.
    #[cfg(unix)]
    let _ = kill_group(id);
    #[cfg(not(unix))]
    end_all(id);
}

/// Whether anybody was left of the group.
#[cfg(unix)]
fn kill_group(id: u32) -> bool {
    use rustix::process::{Signal, kill_process_group};
    pid(id).is_some_and(|group| kill_process_group(group, Signal::KILL).is_ok())
}

#[cfg(unix)]
fn pid(id: u32) -> Option<rustix::process::Pid> {
    let id = i32::try_from(id).ok();
    id.and_then(rustix::process::Pid::from_raw)
}

/// How long what was ended is waited for. Nobody may be there who asks for what it came to, and then
/// it is never gone.
#[cfg(unix)]
const TRIES: u32 = 20;
#[cfg(unix)]
const PAUSE: Duration = Duration::from_millis(1);

#[cfg(unix)]
fn end_all(id: u32) {
    // They may be gone already. Those that are not can write until they have ended.
    let mut tries = 0;
    while kill_group(id) && tries < TRIES {
        thread::sleep(PAUSE);
        tries += 1;
    }
}

/// Windows knows who has started whom, as long as they live.
#[cfg(windows)]
fn end_all(id: u32) {
    use std::process::Stdio;
    let mut command = Command::new("taskkill");
    command.args(["/T", "/F", "/PID", &id.to_string()]);
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(not(any(unix, windows)))]
fn end_all(_: u32) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_a_process_leaves_behind_can_be_ended() {
        // Reading comes to an end once nobody is left who could write.
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let mut command = Command::new("sh");
        command
            .args(["-c", "tail -f /dev/null & exit 0"])
            .stdout(writer);
        let mut child = spawn(&mut command).expect("a shell");
        drop(command);
        child.wait().expect("its end");
        end_rest(&child);
        assert_eq!(reader.read_to_end(&mut Vec::new()).expect("a pipe"), 0);
    }
}
