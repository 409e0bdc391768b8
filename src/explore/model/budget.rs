//! What an execution may spend, and how that is raised.

use super::options::{Options, SetBy};
use crate::text;

/// The bounds of one execution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Visible operations, after which it is looked into whether the execution goes round in a
    /// circle: a livelock. If it does not it goes on, up to a hundred times as many, which are too
    /// long to explore.
    ///
    /// In the second half of them nobody chooses any more: each task runs until it waits or gives
    /// way. There are schedules in which threads that spin get in each other's way for ever, but
    /// code is to blame only if it goes on for ever without such a schedule.
    pub(crate) steps: usize,
    /// The execution is expected to do the same very often.
    pub(crate) is_long_run: bool,
    /// Who can raise that.
    pub(crate) set_by: SetBy,
    /// How many operations may end, or fail, without a reason, of all tasks and kinds together: waits
    /// at condvars, parks, weak exchanges.
    ///
    /// Without a bound, loops that do the right thing would have no end. With a bound for each
    /// task the combinations of all would be tried; where a loop is missing, one is enough.
    pub(crate) spurious: u8,
    /// How often each task may time out while others can go on.
    pub(crate) early_timers: u8,
    /// How often each task may look and see the same, in a loop that only looks; see [`looks`](super::looks).
    pub(crate) looks: u8,
    /// How often each task may give way in other loops.
    pub(crate) yields: u8,
}

impl Limits {
    /// The limits that the options ask for.
    pub(crate) fn of(options: &Options) -> Self {
        Limits {
            steps: options.steps,
            is_long_run: false,
            set_by: options.set_by,
            spurious: 1,
            early_timers: 2,
            looks: 1,
            yields: 8,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::of(&Options::default())
    }
}

/// Why nothing is known of an execution that has not ended after so many operations.
pub(crate) fn too_long(steps: usize, set_by: SetBy) -> String {
    // Each of them lets an execution have a hundred.
    let more = steps.div_ceil(10);
    let how = match set_by {
        SetBy::Caller => text!("`Options::steps`, to {more} for example", more),
        SetBy::Environment => format!("KATA_STEPS={more}"),
    };
    text!(
        "too long to explore: an execution had not ended after {steps} operations, and it was not \
         seen to go round in a circle; raise the bound with {how}",
        steps,
        how
    )
}
