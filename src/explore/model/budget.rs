//! What an exploration may spend, and how that is raised.

use std::env;

/// The bounds of one execution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Visible operations, after which the execution is ended: it is a livelock if it goes
    /// round in a circle, and else too long to explore.
    ///
    /// In the second half of them nobody chooses any more: each task runs until it waits or gives
    /// way. There are schedules in which threads that spin get in each other's way for ever, but
    /// code is to blame only if it goes on for ever without such a schedule.
    pub(crate) steps: usize,
    /// Waits that may end without a notification, of all tasks together.
    pub(crate) spurious_wakeups: u8,
    /// How often each task may time out while others can go on.
    pub(crate) early_timers: u8,
    /// How often each task may look and see the same, in a loop that only looks; see [`looks`](super::looks).
    pub(crate) looks: u8,
    /// How often each task may give way in other loops.
    pub(crate) yields: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            steps: steps(),
            spurious_wakeups: 1,
            early_timers: 2,
            looks: 1,
            yields: 8,
        }
    }
}

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
