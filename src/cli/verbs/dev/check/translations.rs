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
mod tests;
