//! A check that runs beside the keyboard: `cargo kata check` in a process of its own.

// What is timed here is a compiler, which nobody explores.
#![allow(clippy::disallowed_methods)]

use kata::curriculum::Kata;
use kata::harness::Terminal;
use std::env;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// A check that runs; dropping it ends it, with all that it has started.
pub struct Run {
    child: Child,
    output: File,
    began: Instant,
}

impl Run {
    /// Starts to check a kata's file.
    pub fn start(kata: &Kata, terminal: Terminal) -> io::Result<Run> {
        let output = tempfile::tempfile()?;
        let mut command = Command::new(env::current_exe()?);
        command
            .args(["check", kata.name])
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output.try_clone()?)
            .env("COLUMNS", terminal.width.to_string());
        if terminal.colour {
            command
                .env("CLICOLOR_FORCE", "1")
                .env("CARGO_TERM_COLOR", "always");
        }
        // A group of its own: what it has started ends with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(Run {
            child: command.spawn()?,
            output,
            began: Instant::now(),
        })
    }

    /// What it has said, once it has ended.
    pub fn result(&mut self) -> io::Result<Option<String>> {
        if self.child.try_wait()?.is_none() {
            return Ok(None);
        }
        let mut said = Vec::new();
        self.output.rewind()?;
        self.output.read_to_end(&mut said)?;
        let took = self.began.elapsed().as_secs_f32();
        let said = String::from_utf8_lossy(&said);
        Ok(Some(format!("{}\n({took:.1} s)", said.trim_end())))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        #[cfg(unix)]
        if let Some(group) = rustix::process::Pid::from_raw(self.child.id() as i32) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        // It may be gone already, and that is all that is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
