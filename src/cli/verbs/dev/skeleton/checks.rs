//! The checks of `skeleton`, from the simplest to the most demanding.
//!
//! Few threads that act once or twice show what many show, and two small checks more than a large one.

use super::contract::Skeleton;
use crate::curriculum::seen::must_be_seen;
use crate::curriculum::workload::{PerThread, listed};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use std::sync::Arc;

/// Makes one to be checked.
type Make = fn() -> Arc<dyn Skeleton>;

/// What every solution promises.
pub fn checks<S: Skeleton>() -> Vec<Check> {
    checks_of(|| Arc::new(S::new()))
}

fn checks_of(make: Make) -> Vec<Check> {
    vec![Check::told(
        "every_act_counts",
        "TODO: the promise, in a sentence that learners read when it is broken.",
        // The workload, as people read it.
        |actors| actors.in_words("actor", "act"),
        // For generated schedules: any workload.
        PerThread::any(1..=3, 0..=3),
        // For the exhaustive search, and for loom: these workloads, the smallest first.
        listed(&["1", "1+1", "2+1"]),
        listed(&["1", "1+1"]),
        move |actors| every_act_counts(make, actors),
    )]
}

fn every_act_counts(make: Make, actors: &PerThread) -> Scenario {
    let shared = make();
    let total = actors.total();
    let mut scenario = Scenario::new();
    for (name, times) in actors.threads("actor") {
        let shared = Arc::clone(&shared);
        scenario = scenario.thread(name, move || {
            (0..times).for_each(|_| must_be_seen("act", || shared.act()));
        });
    }
    scenario.finally(move || {
        let acted = shared.acted();
        assert!(acted == total, "after {total} acts it tells {acted}");
    })
}
