//! Running one execution again.

use crate::explore::contrast;
use crate::explore::driver;
use crate::explore::model::check::Check;
use crate::explore::model::options::Options;
use crate::explore::model::record::Record;
use crate::explore::model::token::{Schedule, Token};
use crate::explore::model::verdict::{Failure, FailureKind, Minimality};
use crate::explore::runtime::settings::Settings;
use crate::text;

/// What an execution that was run again came to.
#[derive(Clone, Debug)]
pub enum Replay {
    /// It did not fail; what happened in it.
    Passed(Record),
    /// Nothing is known of it; why.
    Inconclusive(String),
    /// It failed.
    Failed(Box<Failure>),
}

/// Runs an execution of the check again, only for what the code does besides.
pub fn rerun(check: &Check, workload: &str, schedule: &Schedule, options: &Options) {
    if let Ok(workload) = check.workload(workload) {
        driver::record(&workload, schedule, &Settings::new(options));
    }
}

/// Runs the execution of the check that the token names.
///
/// # Errors
/// Says why the token's workload is none of this check's.
pub fn replay(check: &Check, token: &Token, options: &Options) -> Result<Replay, String> {
    let workload = check.workload(&token.workload)?;
    let settings = Settings::new(options).recorded();
    let outcome = driver::record(&workload, &token.schedule, &settings);
    let record = outcome.record.unwrap_or_default();
    let inconclusive = |kind: &FailureKind| kind.inconclusive();
    if let Some(why) = outcome.failure.as_ref().and_then(inconclusive) {
        return Ok(Replay::Inconclusive(why));
    }
    let Some(kind) = outcome.failure else {
        return Ok(Replay::Passed(record));
    };
    let schedule = match token.schedule.looks() {
        Some(looks) => Schedule::new(outcome.choices).looking(looks),
        None => Schedule::new(outcome.choices),
    };
    Ok(Replay::Failed(Box::new(Failure {
        contrast: contrast::nearest(&workload, &schedule, &kind, &record, &settings),
        kind,
        workload: workload.label,
        in_words: workload.in_words,
        schedule: Some(schedule),
        record,
        executions: 1,
        size: Minimality::Unknown {
            why: text!("a replay looks at one execution only").to_owned(),
        },
    })))
}
