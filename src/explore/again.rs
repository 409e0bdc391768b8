//! What has passed must pass again: nothing may live on from one execution to the next.
//!
//! A lock in a `static` is good for the execution that creates it, and for no other. If the first one
//! is all that there is to try, only one more can tell.

use super::check::Check;
use super::execution::Limits;
use super::replay;
use super::run::Settings;
use super::smallest::{self, Culprit};
use super::token::Schedule;
use super::verdict::Verdict;
use super::watchdog::Watchdog;

/// The verdict, unless it is that all executions pass, and one of them fails when it is run again.
pub(super) fn confirm(check: &Check, verdict: Verdict) -> Verdict {
    let Verdict::Verified { executions } = verdict else {
        return verdict;
    };
    let watchdog = Watchdog::start();
    let settings = Settings::new(Limits::default(), &watchdog);
    for workload in &check.exhaustive {
        let schedule = Schedule::default();
        let outcome = replay::record(workload, &schedule, &settings);
        if let Some(kind) = outcome.failure {
            let culprit = Culprit::new(workload, schedule, executions, &kind);
            return Verdict::Failed(Box::new(smallest::explain(&[], culprit, &settings)));
        }
    }
    verdict
}
