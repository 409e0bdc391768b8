//! `cargo kata run` with the programs of tasks.

use super::clock;
use super::pace::Pace;
use crate::cli::outcome::CommandResult;
use crate::cli::services::out::{Out, unless_closed};
use kata::programs::tasks::lock::{self, Lock};
use kata::programs::tasks::welcome::{self, Way};
use kata::programs::tasks::{results, say_after, semaphore};
use std::io::Write;

/// The programs of tasks.
#[derive(clap::Subcommand)]
pub enum TasksProgram {
    /// A task that says something, and a second later something else
    SayAfter {
        #[command(flatten)]
        pace: Pace,
    },
    /// Two people are made welcome, one after the other
    Sequential {
        #[command(flatten)]
        pace: Pace,
    },
    /// Two people are made welcome at the same time, each by a task
    Tasks {
        #[command(flatten)]
        pace: Pace,
    },
    /// Two people are made welcome at the same time, by jobs that are gathered
    Gather {
        #[command(flatten)]
        pace: Pace,
    },
    /// What a task has come to, asked for before and after it has ended
    Results {
        #[command(flatten)]
        pace: Pace,
    },
    /// What three jobs have come to, of which one has failed
    Exceptions {
        #[command(flatten)]
        pace: Pace,
    },
    /// Seven tasks that work, three at the same time
    Semaphore {
        #[command(flatten)]
        pace: Pace,
    },
    /// Ten tasks that read a number, pause, and write it, under a lock
    Lock {
        /// Leave out the lock
        #[arg(long)]
        without: bool,
        #[command(flatten)]
        pace: Pace,
    },
}

/// Runs a program of tasks.
pub fn run(program: &TasksProgram, out: &mut Out<impl Write>) -> CommandResult {
    let out = &mut out.until_closed();
    let run = match program {
        TasksProgram::SayAfter { pace } => say_after::run(pace.speed, clock::time_of_day, out),
        TasksProgram::Sequential { pace } => welcome::run(Way::Sequential, pace.speed, out),
        TasksProgram::Tasks { pace } => welcome::run(Way::Tasks, pace.speed, out),
        TasksProgram::Gather { pace } => welcome::run(Way::Gather, pace.speed, out),
        TasksProgram::Results { pace } => results::run(pace.speed, out),
        TasksProgram::Exceptions { pace } => results::run_exceptions(pace.speed, out),
        TasksProgram::Semaphore { pace } => semaphore::run(pace.speed, out),
        &TasksProgram::Lock { without, ref pace } => {
            let lock = if without { Lock::Without } else { Lock::With };
            lock::run(lock, pace.speed, out)
        }
    };
    Ok(unless_closed(run)?)
}
