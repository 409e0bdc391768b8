//! Results as JSON: `src/results/` has their types, and `src/results/schema.json` their schema.

use crate::cli::services::checked::Checked;
use kata::results::{CourseResult, Outcome, SCHEMA};
use serde::Serialize;

/// The results of several files of a course.
pub fn of_course(checked: &[Checked]) -> CourseResult {
    CourseResult {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        passed: Checked::all(checked) == Outcome::Passed,
        katas: checked.iter().map(Checked::result).collect(),
    }
}

/// The value as people can read it, too.
pub fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("a value made of texts, numbers and lists")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::services::checked::tests::checked;
    use kata::results::Status;

    #[test]
    fn a_course_has_passed_only_if_all_its_files_have() {
        let passed = |statuses: &[Status]| {
            let all = statuses.iter().map(|status| checked(*status, Vec::new()));
            of_course(&all.collect::<Vec<_>>()).passed
        };
        assert!(passed(&[Status::Passed, Status::Passed]));
        let others = Status::ALL
            .iter()
            .filter(|status| **status != Status::Passed);
        for &status in others {
            assert!(!passed(&[Status::Passed, status]));
        }
    }
}
