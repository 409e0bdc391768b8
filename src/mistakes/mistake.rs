//! A mistake, and how it reads.

use crate::text;
use crate::texts;
use std::fmt;

/// What a `main` is called that no longer does what it did.
pub(super) const MAIN: &str = "main";

/// A mistake in a learner's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is there: a name, or a few words.
    pub what: String,
    /// What is wrong with it, and what to do.
    pub advice: String,
    /// True if the file does not count as solved with it, whatever the checks say.
    pub refuses: bool,
}

impl Mistake {
    pub(super) fn new(line: usize, what: &str, advice: String, refuses: bool) -> Self {
        Mistake {
            line,
            what: what.to_owned(),
            advice,
            refuses,
        }
    }

    /// True if it is the file's `main` that no longer does what it did.
    pub fn is_of_main(&self) -> bool {
        self.what == MAIN
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text!(
            "{what}: {advice}",
            what = texts::of(&self.what),
            advice = self.advice
        ))
    }
}
