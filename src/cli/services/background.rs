//! A check that runs beside the keyboard: `cargo kata check` in a process of its own.

// What is timed here is a compiler, which nobody explores.
#![allow(clippy::disallowed_methods)]

use super::group;
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
    pub fn start(kata: &Kata, with_loom: bool, terminal: Terminal) -> io::Result<Run> {
        // Two files that are one: to read here does not move the place at which it writes there.
        let file = tempfile::NamedTempFile::new()?;
        let (output, written) = (file.reopen()?, file.reopen()?);
        file.close()?;
        let mut command = Command::new(env::current_exe()?);
        command
            .args(["check", kata.name])
            .args(with_loom.then_some("--loom"))
            .stdin(Stdio::null())
            .stdout(written.try_clone()?)
            .stderr(written)
            .env("COLUMNS", terminal.width.to_string());
        if terminal.colour {
            command
                .env("CLICOLOR_FORCE", "1")
                .env("CARGO_TERM_COLOR", "always");
        }
        Ok(Run {
            child: group::spawn(&mut command)?,
            output,
            began: Instant::now(),
        })
    }

    /// What it has said, once it has ended.
    pub fn result(&mut self) -> io::Result<Option<String>> {
        if self.child.try_wait()?.is_none() {
            return Ok(None);
        }
        let took = self.began.elapsed().as_secs_f32();
        let said = self.said()?;
        Ok(Some(format!("{}\n({took:.1} s)", said.trim_end())))
    }

    /// What it has said so far.
    pub fn said(&mut self) -> io::Result<String> {
        let mut said = Vec::new();
        self.output.rewind()?;
        self.output.read_to_end(&mut said)?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    /// For how long it has run.
    pub fn seconds(&self) -> u64 {
        self.began.elapsed().as_secs()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        group::end(&mut self.child);
    }
}
