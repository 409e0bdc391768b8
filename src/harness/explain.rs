//! A failure as learners see it: the timeline, how to replay it, and a hint.

use super::places::{read_source, written_path_from_here};
use super::terminal::Terminal;
use super::wire;
use crate::curriculum::Kata;
use crate::diagnosis::Label;
use crate::explore::check::Check;
use crate::explore::token::Token;
use crate::explore::verdict::Failure;
use crate::timeline::source::Sources;
use crate::timeline::{Explanation, Length, Options};
use crate::{text, texts};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The most characters that a token may have to be of use: those of executions that go on and on
/// fill a screen.
const LONGEST_TOKEN: usize = 300;

/// The most places that are listed: those of a long execution fill a screen.
const MOST_PLACES: usize = 8;

/// Explains a failure of code of the course, also to those who stand outside it.
pub fn explained(failure: &Failure) -> Explanation<'_> {
    let sources = Rc::new(Sources::new(&read_source));
    Explanation::with(failure, sources, Length::Short)
}

/// Draws the failure of a check, with the token that replays it. Who wants a hint asks for it.
pub fn explain(kata: &Kata, check: &Check, told: &Explanation, terminal: Terminal) -> String {
    told.draw(&options(kata, check, told, terminal))
}

/// The same, and below it the kata's hint that fits.
pub fn explain_with_hint(
    kata: &Kata,
    check: &Check,
    told: &Explanation,
    terminal: Terminal,
) -> String {
    told.draw(&Options {
        hint: hint(kata, told),
        ..options(kata, check, told, terminal)
    })
}

fn options(kata: &Kata, check: &Check, told: &Explanation, terminal: Terminal) -> Options {
    Options {
        heading: Some(check.name.to_owned()),
        colour: terminal.colour,
        ascii: terminal.ascii,
        token: token(kata, check, told.failure()),
        promise: Some(texts::of(check.promise).to_owned()),
        ..Options::plain(terminal.width)
    }
}

/// The failure of the learner's file, as the compiler wrote it down: with the lines of it that took
/// part, and the hint if the environment asks for it.
pub(super) fn explain_file(
    kata: &Kata,
    check: &Check,
    told: &Explanation,
    file: Option<&str>,
    terminal: Terminal,
) -> String {
    told.draw(&Options {
        places: file.map_or(Vec::new(), |file| places(told, file)),
        hint: hint(kata, told).filter(|_| wire::is_hint_wanted()),
        ..options(kata, check, told, terminal)
    })
}

/// The lines of the file that the last steps name, as terminals can open them.
fn places(told: &Explanation, file: &str) -> Vec<String> {
    let mut lines = BTreeSet::new();
    for step in told.steps().steps.iter().rev() {
        if step.path.as_deref() == Some(file)
            && let Some(line) = step.line
            && lines.len() < MOST_PLACES
        {
            lines.insert(line);
        }
    }
    let path = written_path_from_here(file);
    let place = |line| format!("{path}:{line}");
    lines.into_iter().map(place).collect()
}

/// The token that replays the failure, if it is of use.
pub(super) fn token(kata: &Kata, check: &Check, failure: &Failure) -> Option<String> {
    let token = Token {
        kata: kata.name.to_owned(),
        check: check.name.to_owned(),
        workload: failure.workload.clone(),
        schedule: failure.schedule.clone()?,
    };
    Some(token.to_string()).filter(|token| token.len() <= LONGEST_TOKEN)
}

/// The kata's hint that fits, if it has one; where no order is to blame, what to read instead.
fn hint(kata: &Kata, told: &Explanation) -> Option<String> {
    use Label::{HeldUp, NotWaitedFor, NothingSeen, OneThread};
    let label = told.label();
    let asks_for_the_brief = matches!(label, Some(NothingSeen | OneThread | NotWaitedFor | HeldUp));
    let brief = || {
        let command = format!("cargo kata brief {}", kata.name);
        text!(
            "compare what your code does with what is asked for: `{command}`.",
            command
        )
    };
    let fitting = kata.hint(label).map(|tier| kata.hints()[tier].text.clone());
    fitting.or_else(|| asks_for_the_brief.then(brief))
}
