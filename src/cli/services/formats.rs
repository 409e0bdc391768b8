//! Results for programs: JSON with a numbered schema, and JUnit's XML.
//!
//! ```json
//! { "schema": 2, "version": "0.1.0", "passed": false, "katas": [
//!   { "name": "counter", "title": "…", "path": "katas/counter.rs", "status": "failed",
//!     "passed": false, "said": null, "checks": [ … ],
//!     "mistakes": [ { "path": "…", "line": 3, "what": "…", "advice": "…", "refuses": true } ] } ] }
//! ```
//!
//! `status` is `passed`, `failed`, `inconclusive`, `refused`, `does_not_compile`, `could_not_build` or
//! `ended_early`; `said` is what the compiler or the run printed. `checks` is what
//! `src/results/` says.

use super::checked::Checked;
use kata::mistakes;
use kata::results::{CourseResult, Outcome, SCHEMA, Status};

/// The results of several files.
pub fn result(checked: &[Checked]) -> CourseResult {
    CourseResult {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        passed: Checked::all(checked) == Outcome::Passed,
        katas: checked.iter().map(Checked::result).collect(),
    }
}

/// The same as JSON.
pub fn json(checked: &[Checked]) -> String {
    serde_json::to_string_pretty(&result(checked)).unwrap_or_default()
}

/// The results as JUnit's XML: a suite a kata, a case a check, and one for the file itself.
pub fn junit(checked: &[Checked]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    for one in checked {
        let cases = cases(one);
        let failures = cases.iter().filter(|case| case.failure.is_some()).count();
        let skipped = cases
            .iter()
            .filter(|case| case.inconclusive.is_some())
            .count();
        let (name, tests) = (one.kata.name, cases.len());
        xml += &format!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n"
        );
        for case in cases {
            let (path, check) = (&one.file.name, escape(&case.name));
            xml += &format!("    <testcase classname=\"{name}\" name=\"{check}\" file=\"{path}\"");
            xml += &match (case.failure, case.inconclusive) {
                (None, None) => "/>\n".to_owned(),
                // JUnit has no other word for what neither passes nor fails.
                (None, Some(why)) => format!(
                    ">\n      <skipped message=\"inconclusive: {}\"/>\n    </testcase>\n",
                    escape(&why)
                ),
                (Some((message, text)), _) => format!(
                    ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                    escape(&message),
                    escape(&text)
                ),
            };
        }
        xml += "  </testsuite>\n";
    }
    xml + "</testsuites>\n"
}

struct Case {
    name: String,
    /// In a line, and in full.
    failure: Option<(String, String)>,
    /// Why it could not be told.
    inconclusive: Option<String>,
}

fn cases(checked: &Checked) -> Vec<Case> {
    let told = mistakes::tell(&checked.mistakes, &checked.file.name);
    let of_file = match checked.status {
        Status::Passed | Status::Failed | Status::Inconclusive => None,
        Status::Refused => Some(("does what the checks cannot see".to_owned(), told)),
        other => Some((other.to_string(), format!("{told}{}", checked.said))),
    };
    let mut cases = vec![Case {
        name: "the file".to_owned(),
        failure: of_file,
        inconclusive: None,
    }];
    cases.extend(checked.checks.iter().map(|check| {
        let failure = check.failure.as_ref();
        let told = failure.map(|failure| (failure.what.clone(), failure.timeline.clone()));
        Case {
            name: check.name.clone(),
            failure: check.has(Outcome::Failed).then(|| told.unwrap_or_default()),
            inconclusive: check.why().map(str::to_owned),
        }
    }));
    cases
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
mod tests {
    use super::*;
    use crate::cli::services::course::{LearnerFile, stub_name};
    use kata::curriculum;
    use kata::results::{BackEndName, CheckResult, FailureResult, VerdictName, VerdictResult};

    fn checked(status: Status, checks: Vec<CheckResult>) -> Checked {
        let kata = &curriculum::all()[0];
        Checked {
            kata,
            file: LearnerFile {
                name: stub_name(kata),
                shown: stub_name(kata),
                source: String::new(),
            },
            status,
            mistakes: Vec::new(),
            hidden: Vec::new(),
            checks,
            said: "error: a < b && \u{1b}[1m".to_owned(),
            under_loom: false,
        }
    }

    fn check(name: &str, failure: Option<FailureResult>) -> CheckResult {
        CheckResult {
            name: name.to_owned(),
            promise: String::new(),
            outcome: match failure {
                Some(_) => Outcome::Failed,
                None => Outcome::Passed,
            },
            verdicts: Vec::new(),
            failure,
        }
    }

    fn inconclusive(name: &str) -> CheckResult {
        CheckResult {
            outcome: Outcome::Inconclusive,
            verdicts: vec![VerdictResult {
                back_end: BackEndName::Exhaustive,
                verdict: VerdictName::Inconclusive,
                executions: 3,
                why: Some("an order \"by chance\"".to_owned()),
            }],
            ..check(name, None)
        }
    }

    #[test]
    fn junit_has_a_case_for_each_check_and_one_for_the_file() {
        let checks = vec![
            check("a", None),
            check(
                "b",
                Some(FailureResult {
                    what: "a \"race\"".to_owned(),
                    timeline: "1 < 2".to_owned(),
                    ..FailureResult::default()
                }),
            ),
            inconclusive("c"),
        ];
        let xml = junit(&[
            checked(Status::Failed, checks),
            checked(Status::DoesNotCompile, Vec::new()),
        ]);
        insta::assert_snapshot!(xml);
    }

    #[test]
    fn json_has_passed_only_if_all_have() {
        let passed = |statuses: &[Status]| {
            let all: Vec<Checked> = statuses
                .iter()
                .map(|status| checked(*status, Vec::new()))
                .collect();
            result(&all).passed
        };
        assert!(passed(&[Status::Passed, Status::Passed]));
        for status in [
            Status::Failed,
            Status::Inconclusive,
            Status::Refused,
            Status::EndedEarly,
        ] {
            assert!(!passed(&[Status::Passed, status]));
        }
    }
}
