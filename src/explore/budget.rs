//! What an exploration may spend, and how that is raised.

use std::env;

/// Raises how many operations an execution may have.
const STEPS: &str = "KATA_STEPS";

/// How many operations an execution may have, unless [`STEPS`] says otherwise.
const USUAL_STEPS: usize = 5_000;

/// How many operations an execution may have.
pub(crate) fn steps() -> usize {
    let wanted = number_from(STEPS).and_then(|number| usize::try_from(number).ok());
    wanted.unwrap_or(USUAL_STEPS)
}

/// The number that the environment variable holds, if it does.
pub(crate) fn number_from(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}

/// Why nothing is known of an execution that has not ended after so many operations.
pub(crate) fn too_long(steps: usize) -> String {
    format!(
        "too long to explore: an execution had not ended after {steps} operations, and it was not \
         seen to go round in a circle; raise the bound with {STEPS}={}",
        steps.saturating_mul(10)
    )
}
