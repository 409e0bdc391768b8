//! What comes of checks, as one process hands it to another, and as `--format json` prints it.
//!
//! ```json
//! { "schema": 2, "kata": "counter", "checks": [
//!   { "name": "no_update_is_lost", "promise": "…", "outcome": "failed",
//!     "verdicts": [ { "back_end": "exhaustive", "verdict": "failed", "executions": 3 } ],
//!     "failure": { "workload": "1+1", "in_words": "two adders, one increment each",
//!                  "pattern": "a lost update", "what": "…",
//!                  "passes": "if at step 2 adder-1 goes on (counter.rs:26) before adder-2 does.",
//!                  "passes_at": 2, "hint": 2,
//!                  "token": "counter:no_update_is_lost:1+1:1-1", "timeline": "…",
//!                  "path": "katas/counter.rs", "line": 26 } } ] }
//! ```
//!
//! What is not known is `null`. Readers ignore what they do not know: the schema's number changes
//! only if something that is there changes its meaning.

mod check;
mod course;
mod game;

pub use check::{
    BackEndName, CheckResult, FailureResult, Outcome, Results, SCHEMA, Step, VerdictName,
    VerdictResult,
};
pub use course::{CourseResult, KataResult, MistakeResult, Status, standing};
pub use game::{Asked, Board, BoardState, End, Next, Position, Row, Spurious};
