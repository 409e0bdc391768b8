//! `cargo kata run`.

use super::{Outcome, Trouble};
use kata::programs;
use std::io::Write;

/// The programs.
#[derive(clap::Subcommand)]
pub enum Program {
    /// Threads that add to one counter
    Counter {
        /// How many threads there are
        #[arg(long, default_value_t = 2, allow_negative_numbers = true)]
        #[arg(value_parser = clap::value_parser!(u16).range(0..=1000))]
        threads: u16,
        /// How often each of them adds 1
        #[arg(long, default_value_t = 5_000_000, allow_negative_numbers = true)]
        times: u64,
    },
    /// Threads that say ping and pong in turn
    PingPong {
        /// How many of either there are
        #[arg(value_name = "N", default_value_t = 100, allow_negative_numbers = true)]
        #[arg(value_parser = clap::value_parser!(u16).range(0..=1000))]
        pairs: u16,
    },
}

/// Runs a program.
pub fn run(program: &Program, out: &mut (impl Write + Send)) -> Outcome {
    match *program {
        Program::Counter { threads, times } => {
            if u64::from(threads).checked_mul(times).is_none() {
                return Err(Trouble::Usage(format!(
                    "{threads} threads × {times} times is more than the counter holds; \
                     it counts to {}",
                    u64::MAX
                )));
            }
            programs::counter::run(threads.into(), times, out)?;
        }
        Program::PingPong { pairs } => programs::ping_pong::run(pairs.into(), out)?,
    }
    Ok(())
}
