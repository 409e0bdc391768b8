//! What comes of checks, as one process hands it to another, and as `--format json` prints it.
//!
//! What each value means stands in the schema, `schema.json` beside this file, which
//! `cargo kata dev schema` prints. It is made of these types and of their documentation: to make it
//! anew, `INSTA_UPDATE=always cargo test --lib -- results`.
//!
//! What is not known is `null`. Readers ignore what they do not know: the schema's number changes
//! only if something that is there changes its meaning.

mod check;
mod class;
mod course;
mod game;

#[cfg(test)]
mod tests;

pub use check::{
    BackEndName, CheckResult, FailureResult, Outcome, Place, Results, SCHEMA, Step, VerdictName,
    VerdictResult,
};
pub use class::{ClassResult, SubmissionResult};
pub use course::{CourseResult, KataResult, MistakeResult, Status, standing};
pub use game::{Asked, Board, BoardState, End, Next, Position, Row, Spurious};

/// The JSON Schema of what `cargo kata check` and `cargo kata grade` print with `--format json`.
pub const JSON_SCHEMA: &str = include_str!("schema.json");
