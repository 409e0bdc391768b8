//! Lines of styled text: wrapping, clipping, and the ASCII variant.

use super::width::{head, width};
use crate::text;
use crate::texts::{self, Language};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Below this width nothing can be laid out; lines then run over the edge.
pub(super) const MIN_WIDTH: usize = 40;

/// Where the second line of a paragraph begins, below a title that is longer.
const HANGING: usize = 6;

/// What the text is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tone {
    Plain,
    /// Belongs to the task with this column.
    Task(usize),
    /// Source code, places, numbers.
    Dim,
    Strong,
    Failure,
}

impl Tone {
    fn style(self) -> Style {
        const TASKS: [AnsiColor; 5] = [
            AnsiColor::Cyan,
            AnsiColor::Yellow,
            AnsiColor::Magenta,
            AnsiColor::Green,
            AnsiColor::Blue,
        ];
        match self {
            Tone::Plain => Style::new(),
            Tone::Task(column) => TASKS[column % TASKS.len()].on_default(),
            Tone::Dim => Style::new().dimmed(),
            Tone::Strong => Style::new().bold(),
            Tone::Failure => AnsiColor::Red.on_default().bold(),
        }
    }
}

/// How the page looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) width: usize,
    pub(super) colour: bool,
    pub(super) ascii: bool,
}

/// A line under construction: pieces of text, each from a certain column on.
#[derive(Default, Debug)]
pub(super) struct Line(Vec<(usize, String, Tone)>);

impl Line {
    /// Adds text that starts at `column`; pieces must not overlap.
    pub(super) fn put(&mut self, column: usize, text: impl Into<String>, tone: Tone) -> &mut Self {
        self.0.push((column, text.into(), tone));
        self
    }
}

/// The lines drawn so far.
#[derive(Debug)]
pub(super) struct Page {
    look: Look,
    text: String,
}

impl Page {
    pub(super) fn new(look: Look) -> Self {
        Page {
            look,
            text: String::new(),
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn width(&self) -> usize {
        self.look.width
    }

    /// The text as it will be printed: without control characters, in ASCII where asked for.
    ///
    /// To be called before anything is measured, since some signs change their width.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\t' => clean.push_str("    "),
                c if c.is_control() => clean.extend(c.escape_default()),
                c if self.look.ascii => match ascii(c) {
                    Some(sign) => clean.push_str(sign),
                    None => clean.push(c),
                },
                c => clean.push(c),
            }
        }
        clean
    }

    /// A sign that is used by itself, as it will be printed.
    pub(super) fn sign(&self, sign: char) -> char {
        let plain = ascii(sign).and_then(|text| text.chars().next());
        plain.filter(|_| self.look.ascii).unwrap_or(sign)
    }

    /// Adds a finished line.
    pub(super) fn line(&mut self, mut line: Line) {
        line.0.sort_by_key(|&(column, ..)| column);
        let mut at = 0;
        for (column, text, tone) in line.0.iter().filter(|(_, text, _)| !text.is_empty()) {
            let padding = column.saturating_sub(at);
            let _ = write!(self.text, "{:padding$}", "");
            at += padding + width(text);
            let style = tone.style();
            let _ = if self.look.colour {
                write!(self.text, "{style}{text}{style:#}")
            } else {
                write!(self.text, "{text}")
            };
        }
        self.text.push('\n');
    }

    /// Adds an empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds a paragraph after an optional title; its own line breaks are kept.
    pub(super) fn paragraph(&mut self, title: &str, text: &str, tone: Tone) {
        let start = match title {
            "" => 0,
            title => width(title) + 1,
        };
        // A word in the place of what the title takes of the first line.
        let taken = start.saturating_sub(HANGING);
        let (indent, taken) = match taken {
            0 | 1 => (start, String::new()),
            _ => (HANGING, "x".repeat(taken - 1) + " "),
        };
        let text = taken.clone() + &self.clean_lines(text);
        let room = self.look.width - indent;
        let lines = text.lines().flat_map(|line| wrap(line, room));
        for (number, text) in lines.enumerate() {
            let mut line = Line::default();
            if number == 0 {
                line.put(0, title, Tone::Strong);
                let text = text.strip_prefix(&taken).unwrap_or_default();
                line.put(start, text, tone);
            } else {
                line.put(indent, text, tone);
            }
            self.line(line);
        }
    }

    fn clean_lines(&self, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| self.clean(line)).collect();
        lines.join("\n")
    }
}

fn ascii(sign: char) -> Option<&'static str> {
    Some(match sign {
        '→' => "->",
        '←' => "<-",
        '×' | '✗' => "x",
        '…' => "...",
        '—' | '–' | '─' => "-",
        '┄' => ".",
        '·' => "-",
        '│' | '├' | '┤' => "|",
        '╮' | '╭' => ".",
        '’' | '‘' => "'",
        '“' | '”' | '«' | '»' => "\"",
        '\u{a0}' | '\u{202f}' => " ",
        _ => return None,
    })
}

/// The text in lines of at most so many columns, broken at spaces.
pub fn wrapped(text: &str, width: usize) -> String {
    let lines = text.lines().flat_map(|line| wrap(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

/// The text in ASCII, as far as the timeline's own signs go; all else is left as it is.
pub fn to_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match ascii(c) {
            Some(sign) => plain.push_str(sign),
            None => plain.push(c),
        }
    }
    plain
}

/// The text in at most `room` columns; what does not fit is replaced by `mark`.
pub(super) fn clip(text: &str, room: usize, mark: &str) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let kept = head(text, room.saturating_sub(width(mark)));
    format!("{}{mark}", kept.trim_end())
}

/// Breaks the text at spaces into lines of at most `room` columns; longer words are broken too.
///
/// Spaces at the start are kept, also before the lines that follow.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    if width(text) <= room {
        return vec![text.to_owned()];
    }
    let indent = (text.len() - text.trim_start_matches(' ').len()).min(room / 2);
    let start = || " ".repeat(indent);
    let mut lines = Vec::new();
    let mut line = start();
    // A space that must not break is a part of its word.
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word.to_owned();
        let space = usize::from(width(&line) > indent);
        if width(&line) + space + width(&word) > room && space == 1 {
            lines.push(std::mem::replace(&mut line, start()));
        } else if space == 1 {
            line.push(' ');
        }
        while width(&line) + width(&word) > room {
            // One at least, also where it is too wide.
            let first = word.chars().next().map_or(0, char::len_utf8);
            let rest = word.split_off(head(&word, room - indent).len().max(first));
            line.push_str(&word);
            lines.push(std::mem::replace(&mut line, start()));
            word = rest;
        }
        line.push_str(&word);
    }
    lines.push(line);
    lines
}

/// A panic's message in one line; of a failed assertion, what it says rather than how.
pub(super) fn said(message: &str) -> String {
    let mut lines = message.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let details: Vec<&str> = lines.collect();
    let failed = first
        .strip_prefix("assertion `")
        .and_then(|rest| rest.split_once("` failed"));
    let said = match failed {
        Some((_, custom)) if custom.starts_with(": ") => custom[2..].to_owned(),
        Some((condition, _)) => text!("{condition} does not hold", condition),
        None => first.to_owned(),
    };
    let details = details.join(", ");
    match details.as_str() {
        "" => said,
        details => format!("{said} ({details})"),
    }
}

/// A number of things: `1 execution`, `4,320 executions`.
pub fn counted(number: u64, thing: &str) -> String {
    format!("{} {}", in_digits(number), texts::noun(thing, number))
}

/// The number in digits: "1,234".
pub fn in_digits(number: u64) -> String {
    let separator = match texts::language() {
        Language::English => ',',
        // It does not break.
        Language::French => '\u{202f}',
    };
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The same, of what there is in memory.
pub(super) fn count(number: usize, thing: &str) -> String {
    counted(number as u64, thing)
}
