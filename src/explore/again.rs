//! What has passed must pass again: nothing may live on from one execution to the next.
//!
//! A lock in a `static` is good for the execution that creates it, and for no other. If the first one
//! is all that there is to try, only one more can tell. And code that depends on more than the schedule
//! may have done the same wherever the search has come by again.

use crate::explore::driver;
use crate::explore::model::check::Check;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::Verdict;
use crate::explore::repetition;
use crate::explore::runtime::settings::Settings;
use crate::explore::smallest::{self, Counterexample};
use crate::text;

/// The verdict, unless it is that all executions pass, and one of them fails when it is run again.
pub(super) fn confirm(check: &Check, verdict: Verdict, settings: &Settings) -> Verdict {
    let Verdict::Verified { executions, .. } = verdict else {
        return verdict;
    };
    for workload in &check.exhaustive {
        let schedule = Schedule::default();
        let outcome = driver::record(workload, &schedule, settings);
        if let Some(kind) = outcome.failure {
            let counterexample = Counterexample {
                workload: workload.clone(),
                schedule,
                executions,
                kind,
            };
            return Verdict::of(smallest::explain(&[], counterexample, settings));
        }
        if driver::record(workload, &schedule, settings).record != outcome.record {
            let difference = text!("an execution that was run twice was not the same").to_owned();
            return match repetition::explore(workload, difference, executions, settings) {
                Err(failure) => Verdict::of(*failure),
                Ok(why) => Verdict::Inconclusive {
                    executions: executions + repetition::REPETITIONS,
                    why,
                },
            };
        }
    }
    verdict
}
