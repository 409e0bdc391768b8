//! What stands in front of a brief: the kata's title, its summary, what it builds on, and three hints.
//!
//! ```text
//! ---
//! title: The shared counter
//! summary: Threads add to one count, and no increment may get lost.
//! builds on: latch, ping_pong
//! hints:
//!   - text: >
//!       `count += 1` is three steps: read, add, write. What can another thread do between
//!       them?
//!   - text: >
//!       Reading and writing must be one step for all the others.
//!     for: LostUpdate, CheckThenAct
//! ---
//!
//! The text.
//! ```
//!
//! `builds on` lists the katas that one should have done before; nothing, where threads are all.
//!
//! `for` lists the patterns of failures with which a hint helps, as [`Label`] names them; `no_pattern`
//! is for failures in which none is recognised.

use crate::diagnosis::Label;
use crate::texts::list;

/// A brief, with what stands in front of it.
///
/// What is missing is empty, for `cargo kata dev check` to find.
#[derive(Default, Debug)]
pub(super) struct Brief {
    pub title: &'static str,
    pub summary: &'static str,
    pub builds_on: Vec<&'static str>,
    pub hints: Vec<Hint>,
    text: &'static str,
}

/// A hint of three.
#[derive(Default, Debug)]
pub struct Hint {
    /// What it says, in one line.
    pub text: String,
    /// The patterns with which it helps, as a brief names them.
    pub patterns: Vec<&'static str>,
}

impl Brief {
    pub(super) fn parse(source: &'static str) -> Self {
        let front = source
            .strip_prefix("---\n")
            .and_then(|source| source.split_once("\n---\n"));
        let Some((front, text)) = front else {
            return Brief {
                text: source,
                ..Brief::default()
            };
        };
        let mut brief = Brief {
            text: text.trim_start_matches('\n'),
            ..Brief::default()
        };
        front.lines().for_each(|line| brief.read(line));
        brief
    }

    /// The text below its title.
    pub(super) fn text(&self, number: u8) -> String {
        let mut title = self.title.chars();
        let first = title.next().map(|letter| letter.to_ascii_lowercase());
        let title: String = first.into_iter().chain(title).collect();
        let heading = format!("# Kata {number}: {title}\n\n");
        if self.builds_on.is_empty() {
            return heading + self.text;
        }
        format!(
            "{heading}Builds on {}.\n\n{}",
            named(&self.builds_on),
            self.text
        )
    }

    /// Takes in a line of the front.
    fn read(&mut self, line: &'static str) {
        if let Some(title) = line.strip_prefix("title: ") {
            self.title = title;
        } else if let Some(summary) = line.strip_prefix("summary: ") {
            self.summary = summary;
        } else if let Some(katas) = line.strip_prefix("builds on: ") {
            self.builds_on = katas.split(", ").collect();
        } else if line.trim() == "- text: >" {
            self.hints.push(Hint::default());
        } else if let Some(hint) = self.hints.last_mut() {
            match line.trim().strip_prefix("for: ") {
                Some(patterns) => hint.patterns = patterns.split(", ").collect(),
                None => hint.continue_with(line.trim()),
            }
        }
    }
}

impl Hint {
    fn continue_with(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(line);
    }

    /// True if it helps with this pattern, or where none is recognised.
    pub(super) fn is_for(&self, pattern: Option<Label>) -> bool {
        let name = pattern_name(pattern);
        self.patterns.contains(&name.as_str())
    }
}

/// Katas by their names: "`counter` and `latch`".
pub(super) fn named(katas: &[&str]) -> String {
    let names: Vec<String> = katas.iter().map(|kata| format!("`{kata}`")).collect();
    list(&names)
}

/// What a brief calls a pattern.
pub(super) fn pattern_name(pattern: Option<Label>) -> String {
    pattern.map_or("no_pattern".to_owned(), |label| format!("{label:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
---
title: The latch
summary: All wait until it opens.
builds on: counter, ping_pong
hints:
  - text: >
      What do they wait for,
      and who tells them?
  - text: >
      A `Condvar`.
    for: LostWakeUp, no_pattern
---

The text: of the brief.
";

    #[test]
    fn what_stands_in_front_is_read() {
        let brief = Brief::parse(SOURCE);
        assert_eq!(brief.title, "The latch");
        assert_eq!(brief.summary, "All wait until it opens.");
        assert_eq!(brief.builds_on, ["counter", "ping_pong"]);
        let text = "# Kata 7: the latch\n\nBuilds on `counter` and `ping_pong`.\n\nThe text: of the brief.\n";
        assert_eq!(brief.text(7), text);
        let [first, second] = &brief.hints[..] else {
            panic!("{brief:?}");
        };
        assert_eq!(first.text, "What do they wait for, and who tells them?");
        assert!(second.is_for(Some(Label::LostWakeUp)) && second.is_for(None));
        assert!(!first.is_for(None) && !second.is_for(Some(Label::LostUpdate)));
    }

    #[test]
    fn a_text_without_a_front_is_all_text() {
        let brief = Brief::parse("# The latch\n");
        assert_eq!((brief.title, brief.text), ("", "# The latch\n"));
        assert_eq!(brief.text(7), "# Kata 7: \n\n# The latch\n");
        assert!(brief.hints.is_empty());
    }
}
