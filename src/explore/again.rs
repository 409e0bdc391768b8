//! What has passed must pass again: nothing may live on from one execution to the next.
//!
//! A lock in a `static` is good for the execution that creates it, and for no other. If the first one
//! is all that there is to try, only one more can tell.

use crate::explore::model::check::Check;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::Verdict;
use crate::explore::replay;
use crate::explore::runtime::settings::Settings;
use crate::explore::smallest::{self, Counterexample};

/// The verdict, unless it is that all executions pass, and one of them fails when it is run again.
pub(super) fn confirm(check: &Check, verdict: Verdict, settings: &Settings) -> Verdict {
    let Verdict::Verified { executions, .. } = verdict else {
        return verdict;
    };
    for workload in &check.exhaustive {
        let schedule = Schedule::default();
        let outcome = replay::record(workload, &schedule, settings);
        if let Some(kind) = outcome.failure {
            let counterexample = Counterexample::new(workload, schedule, executions, &kind);
            return Verdict::Failed(Box::new(smallest::explain(&[], counterexample, settings)));
        }
    }
    verdict
}
