//! A failed execution as a drawing: one column per task, and in words what went wrong.
//!
//! A pipeline of pure functions: the record's events are numbered and shortened (`compress`), told in
//! words (`rows`, with what `state` knows of locks and waiters and what `names` finds in the source),
//! and laid out in `columns`, or as a `list` where the page is too narrow.

mod columns;
mod compress;
mod deeds;
mod explain;
mod list;
mod names;
mod rows;
mod shown;
pub(crate) mod source;
mod state;
mod steps;
mod text;

#[cfg(test)]
mod tests;

pub use steps::{Narrator, Step, Steps, steps};
pub use text::counted;

use crate::explore::verdict::Failure;
use names::Names;
use source::Sources;
use text::{Look, Page};

/// How to draw, and what is known beside the failure itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// How many columns of characters there are.
    pub width: usize,
    /// Whether to use colour; it never carries meaning of its own.
    pub colour: bool,
    /// Whether to draw with ASCII characters only.
    pub ascii: bool,
    /// The name of the check that failed.
    pub heading: Option<String>,
    /// The property that the check stands for, as a sentence.
    pub promise: Option<String>,
    /// Places of the learner's file that the rows name, as terminals can open them.
    pub places: Vec<String>,
    /// The token that names the execution.
    pub token: Option<String>,
    /// What to think about next.
    pub hint: Option<String>,
}

impl Options {
    /// Without colour, and without anything beside the failure itself.
    pub fn plain(width: usize) -> Self {
        Options {
            width,
            colour: false,
            ascii: false,
            heading: None,
            promise: None,
            places: Vec::new(),
            token: None,
            hint: None,
        }
    }
}

/// Draws the failed execution; ends with a line break.
pub fn draw(failure: &Failure, options: &Options) -> String {
    draw_with(failure, options, &source::read)
}

/// Draws, with the source files that `read` finds.
fn draw_with(
    failure: &Failure,
    options: &Options,
    read: &dyn Fn(&str) -> Option<String>,
) -> String {
    let sources = Sources::new(read);
    let names = Names::new(&failure.record, &sources);
    let mut page = Page::new(Look {
        width: options.width.max(text::MIN_WIDTH),
        colour: options.colour,
        ascii: options.ascii,
    });
    explain::heading(&mut page, failure, options);
    let rows = rows::tell(failure, &names, &sources);
    if !columns::draw(&mut page, &rows, &names) {
        list::draw(&mut page, &rows, &names);
    }
    explain::explain(&mut page, failure, options, &names);
    page.into_text()
}

/// What went wrong, in words: the pattern if it is known, and what the check said.
pub fn what_went_wrong(failure: &Failure) -> String {
    let sources = Sources::new(&source::read);
    explain::what(failure, &Names::new(&failure.record, &sources))
}

/// The text in lines of at most so many columns, broken at spaces.
pub fn wrapped(text: &str, width: usize) -> String {
    let lines = text.lines().flat_map(|line| text::wrap(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

/// The text in ASCII, as far as the timeline's own signs go; all else is left as it is.
pub fn to_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match text::ascii(c) {
            Some(sign) => plain.push_str(sign),
            None => plain.push(c),
        }
    }
    plain
}
