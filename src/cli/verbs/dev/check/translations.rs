//! Whether a brief in another language is the same brief.
//!
//! The text may be what its author likes. Its parts (headings, paragraphs, items, code) are those of the
//! original one, in order; and so is what it names in code, and where its links lead.

use super::inspection::Missing;
use kata::curriculum::{Brief, Hint};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};
use std::collections::BTreeSet;
use std::fmt;

/// What is other in the translation, whose file this is, than in the original.
pub(super) fn findings(original: &str, translation: &str, path: &str) -> Vec<Missing> {
    let [original, translation] = [original, translation].map(Brief::parse);
    let mut found = Vec::from_iter(in_front(&original, &translation, path));
    found.extend(in_hints(&original.hints, &translation.hints, path));
    let [original, translation] = [&original, &translation].map(|brief| Outline::of(&brief.text));
    found.extend(in_parts(&original.parts, &translation.parts, path));
    found.extend(in_names(&original.names, &translation.names, path));
    found
}

fn in_front(original: &Brief, translation: &Brief, path: &str) -> Option<Missing> {
    (original.builds_on != translation.builds_on).then(|| Missing {
        what: "builds on other katas than brief.md".to_owned(),
        mend: format!(
            "in front of {path}: builds on: {}",
            original.builds_on.join(", ")
        ),
    })
}

fn in_hints(original: &[Hint], translation: &[Hint], path: &str) -> Vec<Missing> {
    if original.len() != translation.len() {
        let (is, should) = (translation.len(), original.len());
        return vec![Missing {
            what: format!("has another number of hints than brief.md: {is}, not {should}"),
            mend: format!("in front of {path}: `hints:`, and for each `- text: >`"),
        }];
    }
    let mut found = Vec::new();
    for (number, (original, translation)) in (1..).zip(original.iter().zip(translation)) {
        if original.patterns != translation.patterns {
            found.push(Missing {
                what: format!("hint {number} is for other patterns than in brief.md"),
                mend: match &original.patterns[..] {
                    [] => format!("in front of {path}: no `for`"),
                    patterns => format!("in front of {path}: for: {}", patterns.join(", ")),
                },
            });
        }
        let [original, translation] =
            [original, translation].map(|hint| Outline::of(&hint.text).names);
        found.extend(in_names(&original, &translation, path));
    }
    found
}

/// The first part that is other: those after it would be in a wrong place only.
fn in_parts(original: &[Part], translation: &[Part], path: &str) -> Option<Missing> {
    let pairs = original.iter().zip(translation);
    let same = pairs.take_while(|(one, other)| one.kind == other.kind);
    let first = same.count();
    let missing = |what: String, mend: String| Some(Missing { what, mend });
    match (original.get(first), translation.get(first)) {
        (None, None) => None,
        (None, Some(more)) => missing(
            format!("has {more}, where brief.md has ended"),
            format!("leave that out in {path}, or write it in brief.md too"),
        ),
        (Some(part), None) => missing(
            format!("ends where brief.md has {part}"),
            format!("write that in {path} too"),
        ),
        (Some(part), Some(other)) => {
            let [part, other] = part.unlike(other);
            missing(
                format!("has {other}, where brief.md has {part}"),
                format!(
                    "in {path}, the same parts in the same order; of code, only comments are its own"
                ),
            )
        }
    }
}

impl Part {
    /// What is this one and what the other, so that the difference is seen.
    fn unlike(&self, other: &Part) -> [String; 2] {
        if let (Kind::Code(info, lines), Kind::Code(other_info, others)) = (&self.kind, &other.kind)
            && info == other_info
        {
            let same = lines
                .iter()
                .zip(others)
                .take_while(|(one, other)| one == other);
            let first = same.count();
            let line = |lines: &[String]| match lines.get(first) {
                Some(line) => format!("the line `{line}`"),
                None => "the end of a block".to_owned(),
            };
            return [line(lines), line(others)];
        }
        [self, other].map(Part::to_string)
    }
}

fn in_names(
    original: &BTreeSet<String>,
    translation: &BTreeSet<String>,
    path: &str,
) -> Vec<Missing> {
    let missing = original.difference(translation).map(|name| Missing {
        what: format!("has nothing of `{name}`, which brief.md has"),
        mend: format!("name it in {path} too"),
    });
    let more = translation.difference(original).map(|name| Missing {
        what: format!("has `{name}`, of which brief.md has nothing"),
        mend: format!("leave it out in {path}, or name it in brief.md too"),
    });
    missing.chain(more).collect()
}

/// What is the same in all languages.
#[derive(Default)]
struct Outline {
    parts: Vec<Part>,
    /// What stands between backticks, and addresses.
    names: BTreeSet<String>,
}

struct Part {
    kind: Kind,
    /// How it begins.
    text: String,
}

#[derive(PartialEq)]
enum Kind {
    Heading(HeadingLevel),
    Paragraph,
    Item,
    /// What stands at the fence, if there is one, and the lines of code.
    Code(Option<String>, Vec<String>),
}

impl Outline {
    fn of(text: &str) -> Self {
        let mut outline = Outline::default();
        for event in Parser::new(text) {
            match event {
                Event::Start(tag) => outline.begin(tag),
                Event::Text(text) => outline.text(&text),
                Event::Code(name) => {
                    outline.names.insert(name.to_string());
                }
                _ => {}
            }
        }
        outline
    }

    fn begin(&mut self, tag: Tag<'_>) {
        let kind = match tag {
            Tag::Heading { level, .. } => Kind::Heading(level),
            Tag::Paragraph => Kind::Paragraph,
            Tag::Item => Kind::Item,
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(None, Vec::new()),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Kind::Code(Some(info.to_string()), Vec::new())
            }
            Tag::Link { dest_url, .. } => {
                self.names.insert(dest_url.to_string());
                return;
            }
            _ => return,
        };
        let text = String::new();
        self.parts.push(Part { kind, text });
    }

    fn text(&mut self, text: &str) {
        self.names.extend(addresses(text));
        let Some(part) = self.parts.last_mut() else {
            return;
        };
        if part.text.is_empty() {
            part.text = text.lines().next().unwrap_or_default().to_owned();
        }
        if let Kind::Code(info, lines) = &mut part.kind {
            lines.extend(code(info.as_deref(), text));
        }
    }
}

/// Names such as `marabos.nl/atomics`.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    let words = text.split_whitespace();
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_address = |word: &&str| {
        let host = word.split_once('/').map(|(host, _)| host);
        host.is_some_and(|host| host.contains('.'))
    };
    words.filter(is_address).map(str::to_owned)
}

/// The lines of a block without what is said in them: comments, and what stands behind a command.
fn code(info: Option<&str>, text: &str) -> Vec<String> {
    let comment = match info {
        None => "  ",
        Some("rust") => "//",
        // Drawn, in each language.
        Some(_) => return Vec::new(),
    };
    let before = |line: &str| {
        let code = line.split(comment).next().unwrap_or_default();
        code.trim().to_owned()
    };
    let lines = text.lines().map(|line| match info {
        None => before(line.trim()),
        Some(_) => before(line),
    });
    lines.filter(|line| !line.is_empty()).collect()
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Heading(_) => write!(f, "the heading `{}`", self.text),
            Kind::Paragraph => write!(f, "the paragraph `{}`", self.text),
            Kind::Item => write!(f, "the item `{}`", self.text),
            Kind::Code(None, _) => write!(f, "the code `{}`", self.text),
            Kind::Code(Some(info), _) => write!(f, "the block ```{info}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGINAL: &str = "\
---
title: The latch
summary: All wait until it opens.
builds on: counter, stock
hints:
  - text: >
      What do they
      wait for?
  - text: >
      A `Condvar`.
    for: LostWakeUp, no_pattern
---

All wait, at `kata::sync`.

## The problem

```rust
// To begin with.
let a = 1; // one
```

- One.
- Two, at marabos.nl/atomics.

Then:

    cargo kata check latch      checks your file
";

    const TRANSLATION: &str = "\
---
title: Le loquet
summary: Tous attendent qu'il s'ouvre.
builds on: counter, stock
hints:
  - text: >
      Qu'attendent-ils ?
  - text: >
      Une `Condvar`.
    for: LostWakeUp, no_pattern
---

À `kata::sync`, tous attendent,
longtemps.

## Le problème

```rust
let a = 1; // un,
           // pas deux
```

- Un.
- Deux, sur (marabos.nl/atomics).

Puis :

    cargo kata check latch      vérifie
";

    /// What is found if this stands in the place of that in the translation.
    fn found(that: &str, this: &str) -> Vec<(String, String)> {
        let changed = TRANSLATION.replace(that, this);
        assert!(changed != TRANSLATION, "there is no {that}");
        let found = findings(ORIGINAL, &changed, "fr.md").into_iter();
        found.map(|missing| (missing.what, missing.mend)).collect()
    }

    #[test]
    fn a_translation_has_words_of_its_own_and_nothing_else() {
        assert!(findings(ORIGINAL, TRANSLATION, "fr.md").is_empty());
    }

    #[test]
    fn what_is_other_in_a_translation_is_found_with_what_mends_it() {
        const SAME: &str =
            "in fr.md, the same parts in the same order; of code, only comments are its own";
        for (that, this, what, mend) in [
            (
                "counter, stock",
                "counter",
                "builds on other katas than brief.md",
                "in front of fr.md: builds on: counter, stock",
            ),
            (
                "  - text: >\n      Qu'attendent-ils ?\n",
                "",
                "has another number of hints than brief.md: 1, not 2",
                "in front of fr.md: `hints:`, and for each `- text: >`",
            ),
            (
                "LostWakeUp, no_pattern",
                "LostWakeUp",
                "hint 2 is for other patterns than in brief.md",
                "in front of fr.md: for: LostWakeUp, no_pattern",
            ),
            (
                "attendent-ils ?\n",
                "attendent-ils ?\n    for: LostUpdate\n",
                "hint 1 is for other patterns than in brief.md",
                "in front of fr.md: no `for`",
            ),
            (
                "`Condvar`",
                "condition",
                "has nothing of `Condvar`, which brief.md has",
                "name it in fr.md too",
            ),
            (
                "## Le problème\n",
                "",
                "has the block ```rust, where brief.md has the heading `The problem`",
                SAME,
            ),
            (
                "## Le",
                "### Le",
                "has the heading `Le problème`, where brief.md has the heading `The problem`",
                SAME,
            ),
            (
                "attendent,\n",
                "attendent,\n\n",
                "has the paragraph `longtemps.`, where brief.md has the heading `The problem`",
                SAME,
            ),
            (
                "let a = 1",
                "let a = 2",
                "has the line `let a = 2;`, where brief.md has the line `let a = 1;`",
                SAME,
            ),
            (
                "           // pas deux\n",
                "b();\n",
                "has the line `b();`, where brief.md has the end of a block",
                SAME,
            ),
            (
                "check latch",
                "check",
                "has the line `cargo kata check`, where brief.md has the line `cargo kata check latch`",
                SAME,
            ),
            (
                "    cargo kata check latch      vérifie\n",
                "",
                "ends where brief.md has the code `cargo kata check latch      checks your file`",
                "write that in fr.md too",
            ),
            (
                "vérifie\n",
                "vérifie\n\nDe plus.\n",
                "has the paragraph `De plus.`, where brief.md has ended",
                "leave that out in fr.md, or write it in brief.md too",
            ),
            (
                "`kata::sync`",
                "kata::sync",
                "has nothing of `kata::sync`, which brief.md has",
                "name it in fr.md too",
            ),
            (
                "longtemps.",
                "`longtemps`.",
                "has `longtemps`, of which brief.md has nothing",
                "leave it out in fr.md, or name it in brief.md too",
            ),
            (
                "(marabos.nl/atomics)",
                "[là](https://marabos.nl)",
                "has nothing of `marabos.nl/atomics`, which brief.md has",
                "name it in fr.md too",
            ),
        ] {
            let found = found(that, this);
            let expected = (what.to_owned(), mend.to_owned());
            assert_eq!(found.first(), Some(&expected), "{this}: {found:?}");
        }
    }
}
