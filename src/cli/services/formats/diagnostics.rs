//! Results as the messages of a compiler, in the form in which cargo hands them to editors:
//! <https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages>.
//!
//! What rustc itself says is passed on as it is. Of each check that fails, the first line that its
//! pattern names is the error's place, and the others are notes of it.

use super::spans::Span;
use crate::cli::services::checked::Checked;
use kata::mistakes::Mistake;
use kata::results::{CheckResult, FailureResult, Outcome, Status};
use kata::text;
use kata::texts;
use serde::Serialize;
use serde_json::{Value, json};

/// What rustc says in one piece.
#[derive(Serialize)]
struct Diagnostic {
    #[serde(rename = "$message_type")]
    message_type: &'static str,
    message: String,
    code: Option<Code>,
    level: &'static str,
    spans: Vec<Span>,
    children: Vec<Diagnostic>,
    rendered: Option<String>,
}

#[derive(Serialize)]
struct Code {
    code: String,
    explanation: Option<String>,
}

/// The most steps that a place is labelled with.
const MOST_STEPS: usize = 3;

/// What is known of a file, a message a line; `told` is what cargo has told while it built it.
pub fn lines(checked: &Checked, told: &[String]) -> Vec<String> {
    let told: Vec<(&String, Value)> = told
        .iter()
        .filter_map(|line| Some((line, serde_json::from_str(line).ok()?)))
        .collect();
    let of_compiler = |(_, value): &&(&String, Value)| value["reason"] == "compiler-message";
    let mut lines: Vec<String> = told
        .iter()
        .filter(of_compiler)
        .map(|(line, _)| (*line).clone())
        .collect();
    let kata = checked.kata.name;
    let mut values = told.iter().map(|(_, value)| value);
    // Of a file for which cargo did not come as far as rustc there is nothing to say.
    if let Some(origin) = values.find(|value| value["target"]["name"] == kata) {
        let ours = diagnostics(checked).into_iter().map(|diagnostic| {
            json!({
                "reason": "compiler-message",
                "package_id": origin["package_id"],
                "manifest_path": origin["manifest_path"],
                "target": origin["target"],
                "message": diagnostic,
            })
        });
        lines.extend(ours.map(|line| line.to_string()));
    }
    lines
}

/// The line that says that no more will come.
pub fn end(has_passed: bool) -> String {
    json!({ "reason": "build-finished", "success": has_passed }).to_string()
}

fn diagnostics(checked: &Checked) -> Vec<Diagnostic> {
    let has_passed = checked.status == Status::Passed;
    let mistakes = checked.mistakes.iter();
    let mut all: Vec<Diagnostic> = mistakes
        .filter(|mistake| mistake.refuses || !has_passed)
        .map(|mistake| of_mistake(checked, mistake))
        .collect();
    all.extend(
        checked
            .checks
            .iter()
            .filter_map(|check| of_check(checked, check)),
    );
    let is_refused = checked.mistakes.iter().any(|mistake| mistake.refuses);
    if checked.status == Status::EndedEarly && !is_refused {
        let why = checked.why().unwrap_or_default();
        let message = text!("the checks ended before they were done: {why}", why);
        let spans = vec![span(checked, main_line(checked), None)];
        all.push(error("ended_early", message, spans, Vec::new()));
    }
    all
}

fn of_mistake(checked: &Checked, mistake: &Mistake) -> Diagnostic {
    let spans = vec![span(checked, mistake.line, None)];
    let help = Diagnostic::child("help", mistake.advice.clone(), Vec::new());
    let what = texts::of(&mistake.what).to_owned();
    if mistake.refuses {
        error("refused", what, spans, vec![help])
    } else {
        top("warning", "cannot_be_seen", what, spans, vec![help])
    }
}

fn of_check(checked: &Checked, check: &CheckResult) -> Option<Diagnostic> {
    let spans = |line| vec![span(checked, line, None)];
    match (check.outcome, &check.failure) {
        (Outcome::Passed, _) => None,
        (Outcome::Failed, Some(failure)) => Some(of_failure(checked, check, failure)),
        (Outcome::Failed, None) => {
            let message = text!("{check} fails", check = check.name);
            Some(error(
                &check.name,
                message,
                spans(main_line(checked)),
                Vec::new(),
            ))
        }
        (Outcome::Inconclusive, _) => {
            let why = check.why().unwrap_or_default();
            let message = text!("{check} is inconclusive: {why}", check = check.name, why);
            let spans = spans(main_line(checked));
            Some(top("warning", &check.name, message, spans, Vec::new()))
        }
    }
}

fn of_failure(checked: &Checked, check: &CheckResult, failure: &FailureResult) -> Diagnostic {
    let lines: Vec<usize> = checked.lines(failure);
    let first = lines.first().copied().unwrap_or_else(|| main_line(checked));
    let steps = |line: usize| steps_at(checked, failure, line);
    let spans = vec![span(checked, first, steps(first))];
    let fails = text!(
        "{check} fails with {workload}",
        check = check.name,
        workload = failure.in_words
    );
    let message = match &failure.pattern {
        Some(pattern) => text!("{pattern}: {fails}", pattern = texts::of(pattern), fails),
        None => fails,
    };
    let note = |text: String| Diagnostic::child("note", text, Vec::new());
    let others = lines.iter().skip(1).map(|&line| {
        let text = steps(line).unwrap_or_default();
        Diagnostic::child("note", text, vec![span(checked, line, None)])
    });
    let mut children: Vec<Diagnostic> = others.collect();
    children.push(note(failure.what.clone()));
    let hint = failure.hint.and_then(|number| number.checked_sub(1));
    if let Some(hint) = hint.and_then(|index| checked.kata.hints().get(index)) {
        children.push(Diagnostic::child("help", hint.text.clone(), Vec::new()));
    }
    if let Some(token) = &failure.token {
        children.push(note(text!(
            "to see it again: cargo kata replay {token}",
            token
        )));
    }
    let mut diagnostic = error(&check.name, message, spans, children);
    if !failure.timeline.is_empty() {
        diagnostic.rendered = Some(format!("{}\n{}", diagnostic.heading(), failure.timeline));
    }
    diagnostic
}

/// What the threads do on a line: `adder-1: load count → 0`.
fn steps_at(checked: &Checked, failure: &FailureResult, line: usize) -> Option<String> {
    let steps = failure.steps.iter().filter(|step| {
        step.line.is_some_and(|at| at as usize == line) && checked.is_in_file(step.path.as_deref())
    });
    let words = steps.map(|step| {
        let words: Vec<&str> = step.words.split_whitespace().collect();
        let task = step.task.and_then(|column| failure.tasks.get(column));
        match task {
            Some(task) => text!("{task}: {words}", task, words = words.join(" ")),
            None => words.join(" "),
        }
    });
    let mut told: Vec<String> = words.collect();
    if told.len() > MOST_STEPS {
        let more = told.len() - MOST_STEPS;
        told.truncate(MOST_STEPS);
        told.push(text!("and {more} more", more));
    }
    Some(told.join("; ")).filter(|told| !told.is_empty())
}

/// Where the file says that it is checked.
fn main_line(checked: &Checked) -> usize {
    let lines = (1..).zip(checked.file.source.lines());
    let of_main = lines.filter(|(_, line)| line.trim_start().starts_with("fn main"));
    of_main.last().map_or(1, |(number, _)| number)
}

fn span(checked: &Checked, line: usize, label: Option<String>) -> Span {
    Span::of_line(&checked.file.name, &checked.file.source, line, label)
}

fn error(code: &str, message: String, spans: Vec<Span>, children: Vec<Diagnostic>) -> Diagnostic {
    top("error", code, message, spans, children)
}

/// A message by itself. Editors show what comes before the `::` of its code as where it is from.
fn top(
    level: &'static str,
    code: &str,
    message: String,
    spans: Vec<Span>,
    children: Vec<Diagnostic>,
) -> Diagnostic {
    let code = Code {
        code: format!("kata::{code}"),
        explanation: None,
    };
    let mut diagnostic = Diagnostic {
        code: Some(code),
        children,
        ..Diagnostic::child(level, message, spans)
    };
    let children = diagnostic.children.iter();
    let told = children.map(|child| format!("  = {}: {}\n", child.level, child.message));
    let told: String = told.collect();
    diagnostic.rendered = Some(format!("{}{told}", diagnostic.heading()));
    diagnostic
}

impl Diagnostic {
    /// A part of another message.
    fn child(level: &'static str, message: String, spans: Vec<Span>) -> Self {
        Diagnostic {
            message_type: "diagnostic",
            message,
            code: None,
            level,
            spans,
            children: Vec::new(),
            rendered: None,
        }
    }

    /// The level, the message and its place, as rustc writes them.
    fn heading(&self) -> String {
        let code = self.code.as_ref().map(|code| format!("[{}]", code.code));
        let code = code.unwrap_or_default();
        let place = self.spans.iter().map(Span::place).next();
        let place = place.map_or(String::new(), |place| format!(" --> {place}\n"));
        format!("{}{code}: {}\n{place}", self.level, self.message)
    }
}
