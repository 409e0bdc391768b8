//! What an execution can come to.

use super::display::results;
use super::program::{Seen, Thread};
use std::fmt::Write;

/// What every thread saw, and how the execution ended. Threads go by their numbers in the table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Outcome {
    pub(super) logs: Vec<Vec<Seen>>,
    pub(super) ending: Ending,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Ending {
    /// All threads have finished.
    Ends,
    /// The threads that wait, each with the place in its code of what it waits for.
    Deadlock(Vec<(usize, usize)>),
    /// The thread, and what it saw last.
    Panic(usize, Seen),
    /// What no program should come to; the engine's own words.
    Failure(String),
}

impl Outcome {
    /// One line.
    pub(super) fn show(&self, table: &[Thread]) -> String {
        let mut text = String::new();
        for (thread, log) in table.iter().zip(&self.logs) {
            if !log.is_empty() {
                let _ = write!(text, "{}:{}; ", thread.name, results(log));
            }
        }
        text + &match &self.ending {
            Ending::Ends => "ends".to_owned(),
            Ending::Deadlock(waiting) => {
                let wait = |&(thread, at): &(usize, usize)| {
                    let Thread { name, code, .. } = &table[thread];
                    format!("{name} at {}", code[at])
                };
                let waits: Vec<String> = waiting.iter().map(wait).collect();
                format!("deadlock: {}", waits.join(", "))
            }
            Ending::Panic(thread, seen) => format!("{} panics: {seen}", table[*thread].name),
            Ending::Failure(message) => message.clone(),
        }
    }
}
