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
//!
//! In another language it is a file of its own, `brief.fr.md`, with the same in front of it: the same
//! names, the same number of hints, each for the same patterns.

use crate::diagnosis::Label;
use crate::text;
use crate::texts::{Language, list};

/// What teaches a kata, in each language.
#[derive(Default, Debug)]
pub struct Briefs {
    pub(super) english: Brief,
    pub(super) french: Brief,
}

impl Briefs {
    /// That of one language.
    pub fn of(&self, language: Language) -> &Brief {
        match language {
            Language::English => &self.english,
            Language::French => &self.french,
        }
    }
}

/// The name of the file with the brief of a language, in the kata's folder.
pub fn brief_file(language: Language) -> String {
    match language {
        Language::English => "brief.md".to_owned(),
        other => format!("brief.{other}.md"),
    }
}

/// A brief, with what stands in front of it.
///
/// What is missing is empty, for `cargo kata dev check` to find.
#[derive(Default, Debug)]
pub struct Brief {
    /// What people call the kata.
    pub title: String,
    /// What it is about, in one line.
    pub summary: String,
    /// The katas that one should have done before.
    pub builds_on: Vec<String>,
    /// Three hints: a nudge, the concept, and what is nearly the answer.
    pub hints: Vec<Hint>,
    /// The text that teaches it, without a title.
    pub text: String,
}

/// A hint of three.
#[derive(Default, Debug)]
pub struct Hint {
    /// What it says, in one line.
    pub text: String,
    /// The patterns with which it helps, as a brief names them.
    pub patterns: Vec<String>,
}

impl Brief {
    /// Reads the file of a brief.
    pub fn parse(source: &str) -> Self {
        let front = source
            .strip_prefix("---\n")
            .and_then(|source| source.split_once("\n---\n"));
        let Some((front, text)) = front else {
            return Brief {
                text: source.to_owned(),
                ..Brief::default()
            };
        };
        let mut brief = Brief {
            text: text.trim_start_matches('\n').to_owned(),
            ..Brief::default()
        };
        front.lines().for_each(|line| brief.read(line));
        brief
    }

    /// The text below its title, in the language that is spoken.
    pub(super) fn titled(&self, number: u8) -> String {
        let mut title = self.title.chars();
        let first = title.next().map(char::to_lowercase);
        let title: String = first.into_iter().flatten().chain(title).collect();
        let heading = text!("# Kata {number}: {title}", number, title);
        if self.builds_on.is_empty() {
            return format!("{heading}\n\n{}", self.text);
        }
        let builds_on = text!("Builds on {katas}.", katas = named(&self.builds_on));
        format!("{heading}\n\n{builds_on}\n\n{}", self.text)
    }

    /// Takes in a line of the front.
    fn read(&mut self, line: &str) {
        let names = |list: &str| list.split(", ").map(str::to_owned).collect();
        if let Some(title) = line.strip_prefix("title: ") {
            self.title = title.to_owned();
        } else if let Some(summary) = line.strip_prefix("summary: ") {
            self.summary = summary.to_owned();
        } else if let Some(katas) = line.strip_prefix("builds on: ") {
            self.builds_on = names(katas);
        } else if line.trim() == "- text: >" {
            self.hints.push(Hint::default());
        } else if let Some(hint) = self.hints.last_mut() {
            match line.trim().strip_prefix("for: ") {
                Some(patterns) => hint.patterns = names(patterns),
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
        self.patterns.contains(&pattern_name(pattern))
    }
}

/// Katas by their names: "`counter` and `latch`".
pub(super) fn named(katas: &[String]) -> String {
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
    use crate::texts;

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
        assert_eq!(brief.titled(7), text);
        let [first, second] = &brief.hints[..] else {
            panic!("{brief:?}");
        };
        assert_eq!(first.text, "What do they wait for, and who tells them?");
        assert!(second.is_for(Some(Label::LostWakeUp)) && second.is_for(None));
        assert!(!first.is_for(None) && !second.is_for(Some(Label::LostUpdate)));
    }

    #[test]
    fn the_title_is_that_of_the_language() {
        let brief = Brief::parse("---\ntitle: Économie\n---\n\nLe texte.\n");
        let titled = texts::speaking(Language::French, || brief.titled(7));
        assert_eq!(titled, "# Kata 7\u{a0}: économie\n\nLe texte.\n");
    }

    #[test]
    fn a_text_without_a_front_is_all_text() {
        let brief = Brief::parse("# The latch\n");
        assert_eq!(
            (brief.title.as_str(), brief.text.as_str()),
            ("", "# The latch\n")
        );
        assert_eq!(brief.titled(7), "# Kata 7: \n\n# The latch\n");
        assert!(brief.hints.is_empty());
    }
}
