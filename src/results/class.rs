//! The results of a class: what `cargo kata grade --format json` prints.

use super::course::KataResult;
use serde::{Deserialize, Serialize};

/// The results of several files that were handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClassResult {
    /// The number of the schema.
    pub schema: u32,
    /// The version of the course.
    pub version: String,
    /// True if all passed.
    pub passed: bool,
    /// The files.
    pub submissions: Vec<SubmissionResult>,
}

/// What is known of one of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubmissionResult {
    /// The file, as it was named or found.
    pub file: String,
    /// What came of it; in there it has the path that the kata's file has in the course.
    pub kata: KataResult,
}
