//! Results as JUnit's XML, as Jenkins' schema (`junit-10.xsd`) and GitLab take it: a suite for each
//! file, in it a case for each check, and one for the file itself.

use crate::cli::services::checked::Checked;
use kata::mistakes;
use kata::results::{CheckResult, Outcome, Status};
use kata::text;
use std::time::{Duration, SystemTime};

/// The results of one file.
pub struct Suite<'a> {
    /// What tells it from the others.
    pub name: &'a str,
    /// Where the file is.
    pub file: &'a str,
    pub checked: &'a Checked,
}

/// A check, or the file itself.
struct Case {
    name: String,
    took: Duration,
    /// What there is to say of it; nothing if it has passed.
    said: Option<Said>,
}

/// What is said of a case that has not passed.
struct Said {
    element: Element,
    /// What it is called.
    kind: String,
    message: String,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// The code does not do what it is to do.
    Failure,
    /// It was not found out whether it does.
    Error,
    /// JUnit has no other word for what neither passes nor fails.
    Skipped,
}

impl Element {
    fn name(self) -> &'static str {
        match self {
            Element::Failure => "failure",
            Element::Error => "error",
            Element::Skipped => "skipped",
        }
    }
}

/// The results as one document.
pub fn document(suites: &[Suite]) -> String {
    let host = gethostname::gethostname();
    document_of(suites, &host.to_string_lossy())
}

fn document_of(suites: &[Suite], host: &str) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    for suite in suites {
        write_suite(&mut xml, suite, host);
    }
    xml + "</testsuites>\n"
}

fn write_suite(xml: &mut String, suite: &Suite, host: &str) {
    let cases = cases(suite.checked);
    let count = |element: Element| {
        let is_such = |case: &&Case| case.said.as_ref().is_some_and(|it| it.element == element);
        cases.iter().filter(is_such).count().to_string()
    };
    let name = suite.name;
    let attributes = [
        ("name", name.to_owned()),
        ("file", suite.file.to_owned()),
        ("tests", cases.len().to_string()),
        ("failures", count(Element::Failure)),
        ("errors", count(Element::Error)),
        ("skipped", count(Element::Skipped)),
        ("time", seconds(suite.checked.took)),
        ("timestamp", timestamp(suite.checked.began)),
        ("hostname", host.to_owned()),
    ];
    *xml += &format!("  <testsuite{}>\n", written(&attributes));
    for case in cases {
        write_case(xml, name, case);
    }
    *xml += "  </testsuite>\n";
}

fn write_case(xml: &mut String, suite: &str, case: Case) {
    let attributes = [
        ("classname", suite.to_owned()),
        ("name", case.name),
        ("time", seconds(case.took)),
    ];
    *xml += &format!("    <testcase{}", written(&attributes));
    let Some(said) = case.said else {
        *xml += "/>\n";
        return;
    };
    let element = said.element.name();
    let attributes = [("type", said.kind), ("message", said.message)];
    let (attributes, text) = (written(&attributes), escape(&said.text));
    *xml += &format!(">\n      <{element}{attributes}>{text}</{element}>\n    </testcase>\n");
}

fn written(attributes: &[(&str, String)]) -> String {
    let written = |(name, value): &(&str, String)| format!(" {name}=\"{}\"", escape(value));
    attributes.iter().map(written).collect()
}

/// The file, and then all checks of its kata: those that were not run as well.
fn cases(checked: &Checked) -> Vec<Case> {
    let of_checks: u64 = checked.checks.iter().map(|it| it.milliseconds).sum();
    let file = Case {
        name: "the file".to_owned(),
        took: checked
            .took
            .saturating_sub(Duration::from_millis(of_checks)),
        said: of_file(checked),
    };
    let names = (checked.kata.solution)()
        .into_iter()
        .map(|check| check.name);
    let of_check = |name: &str| {
        let result = checked.checks.iter().find(|result| result.name == name);
        Case {
            name: name.to_owned(),
            took: Duration::from_millis(result.map_or(0, |result| result.milliseconds)),
            said: result.map_or_else(|| Some(not_run(checked)), of_result),
        }
    };
    std::iter::once(file).chain(names.map(of_check)).collect()
}

fn of_file(checked: &Checked) -> Option<Said> {
    let element = match checked.status {
        Status::Passed | Status::Failed | Status::Inconclusive => return None,
        Status::Refused => Element::Failure,
        Status::DoesNotCompile | Status::CouldNotBuild | Status::EndedEarly => Element::Error,
    };
    let told = mistakes::tell(&checked.mistakes, &checked.file.shown);
    Some(Said {
        element,
        kind: checked.status.to_string(),
        message: checked.why().unwrap_or_else(|| checked.status.told()),
        text: format!("{told}{}", checked.said),
    })
}

fn not_run(checked: &Checked) -> Said {
    let why = match checked.status {
        Status::DoesNotCompile => text!("not run: the file does not compile"),
        Status::CouldNotBuild => text!("not run: the file could not be built"),
        Status::EndedEarly => text!("not run to its end: the file ended before"),
        _ => text!("not run"),
    };
    Said {
        element: Element::Error,
        kind: checked.status.to_string(),
        message: why.to_owned(),
        text: String::new(),
    }
}

fn of_result(result: &CheckResult) -> Option<Said> {
    let failure = result.failure.as_ref();
    match result.outcome {
        Outcome::Passed => None,
        Outcome::Inconclusive => Some(Said {
            element: Element::Skipped,
            kind: "inconclusive".to_owned(),
            message: text!(
                "inconclusive: {why}",
                why = result.why().unwrap_or_default()
            ),
            text: String::new(),
        }),
        Outcome::Failed => Some(Said {
            element: Element::Failure,
            kind: failure
                .and_then(|failure| failure.pattern.clone())
                .unwrap_or_else(|| "a failing execution".to_owned()),
            message: failure.map_or(String::new(), |failure| failure.what.clone()),
            text: failure.map_or(String::new(), |failure| failure.timeline.clone()),
        }),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

/// The universal time, in the form that has no zone.
fn timestamp(time: SystemTime) -> String {
    let text = humantime::format_rfc3339_seconds(time).to_string();
    text.trim_end_matches('Z').to_owned()
}

/// Also without what XML has no way to say.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => escaped.push('?'),
            c if c.is_control() => escaped.extend(c.escape_default()),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
